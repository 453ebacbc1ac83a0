import type { ReactNode } from 'react';
import { useText } from '../i18n/language.tsx';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import { messages } from './messages.ts';

/** Placeholder lines for a list that is loading. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const t = useText(messages);
  return (
    <div className="loading" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => `line ${line}`).map((line) => (
        <span key={line} />
      ))}
    </div>
  );
}

export function LoadingPage() {
  return (
    <main className="loading-page">
      <Loading />
    </main>
  );
}

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  /** The next step for the user. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon name={icon} />
      </span>
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** The reason why a request failed, and a button to retry. */
export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const t = useText(messages);
  return (
    <div className="failure" role="alert">
      <Icon name="warning" />
      <div>
        <strong>{t('failed')}</strong>
        <p>{error instanceof TypeError ? t('unreachable') : error.message}</p>
      </div>
      {onRetry && (
        <Button icon="replay" onClick={onRetry}>
          {t('again')}
        </Button>
      )}
    </div>
  );
}
