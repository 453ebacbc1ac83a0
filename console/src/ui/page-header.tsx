import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Icon } from './icon.tsx';
import { usePageTitle } from './use-page-title.ts';

interface PageHeaderProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** The parent page. */
  readonly back?: { readonly href: string; readonly label: string };
  readonly badge?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHeader({ title, lead, back, badge, actions }: PageHeaderProps) {
  usePageTitle(title);
  return (
    <header className="page-header">
      {back && (
        <Link href={back.href} className="back">
          <Icon name="back" />
          {back.label}
        </Link>
      )}
      <div className="page-title">
        <h1>{title}</h1>
        {badge}
        <div className="actions">{actions}</div>
      </div>
      {lead && <p className="lead">{lead}</p>}
    </header>
  );
}
