import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface NoticeProps {
  readonly tone: '' | 'warn' | 'bad';
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
}

/** A coloured box that says what is unusual, and what to do. */
export function Notice({ tone, icon, title, children }: NoticeProps) {
  return (
    <div className={`notice titled ${tone}`}>
      <Icon name={icon} />
      <div>
        <strong>{title}</strong>
        {children}
      </div>
    </div>
  );
}
