import type { ReactNode } from 'react';
import { useText } from '../i18n/language.tsx';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import { messages } from './messages.ts';

/** Grey lines where a list will be. */
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
  /** What to do next. */
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

/** Why something could not be loaded, and the way to try again. */
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
