import type { ReactNode } from 'react';
import type { Subscription } from '../../../../client/index.ts';
import { useText } from '../../i18n/language.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Moment } from '../../ui/moment.tsx';
import { messages } from './messages.ts';

const DISABLED = { gone: 'goneTitle', failing: 'longTitle', manual: 'offTitle' } as const;

/** A notice that says why a subscription is failing or disabled, and what to do. */
export function HealthNotice({
  subscription: { enabled, disabledReason, health },
}: {
  subscription: Subscription;
}) {
  const t = useText(messages);
  if (!enabled)
    return (
      <Notice tone="" title={t(DISABLED[disabledReason ?? 'manual'])}>
        {t('offText')}
      </Notice>
    );
  if (health.state === 'healthy') return null;
  const isOpen = health.state === 'open';
  return (
    <Notice
      tone={isOpen ? 'bad' : 'warn'}
      title={isOpen ? t('openTitle') : t('failingTitle', { count: health.consecutiveFailures })}
    >
      {t(isOpen ? 'openText' : 'failingText')}{' '}
      {health.firstFailureAt !== null && (
        <>
          {t('firstFailure')} <Moment at={health.firstFailureAt} />
        </>
      )}
      {health.lastSuccessAt !== null && (
        <>
          , {t('lastSuccess')} <Moment at={health.lastSuccessAt} />
        </>
      )}
    </Notice>
  );
}

function Notice({ tone, title, children }: { tone: string; title: string; children: ReactNode }) {
  return (
    <div className={`notice ${tone}`}>
      <Icon name="warning" />
      <p>
        <strong>{title}.</strong> {children}
      </p>
    </div>
  );
}
