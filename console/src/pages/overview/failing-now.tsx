import { Link } from 'wouter';
import type { Subscription } from '../../../../client/index.ts';
import { useLatestFailure } from '../../api/attempts.ts';
import { nameOf, statusOf, useSubscriptions } from '../../api/subscriptions.ts';
import { Reason } from '../../attempt/reason.tsx';
import { useText } from '../../i18n/language.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Loading } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { messages } from './messages.ts';

/** Failing subscriptions, and those that Ancrage disabled, with the reason. */
export function FailingNow() {
  const t = useText(messages);
  const failing = useSubscriptions({ enabled: 'true', health: 'failing' });
  const open = useSubscriptions({ enabled: 'true', health: 'open' });
  const disabled = useSubscriptions({ enabled: 'false' });
  const ended = disabled.items.filter(({ disabledReason }) => disabledReason !== 'manual');
  const all = [...open.items, ...failing.items, ...ended];
  if (!failing.isSuccess || !open.isSuccess || !disabled.isSuccess) return <Loading lines={1} />;
  if (all.length === 0)
    return (
      <p className="all-well">
        <Icon name="ok" />
        {t('noneFailing')}
      </p>
    );
  return (
    <section className="card failing">
      <header>
        <h2>{t('failing')}</h2>
      </header>
      <ul>
        {all.map((subscription) => (
          <li key={subscription.id}>
            <Failing subscription={subscription} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Failing({ subscription }: { subscription: Subscription }) {
  const t = useText(messages);
  const { id, enabled, health, disabledReason } = subscription;
  const { data: attempt } = useLatestFailure(id);
  return (
    <>
      <StatusBadge status={statusOf(subscription)} />
      <div>
        <Link href={`/subscriptions/${id}`}>
          <strong>{nameOf(subscription)}</strong>
        </Link>{' '}
        {attempt && (
          <span>
            <Reason attempt={attempt} />
          </span>
        )}
        <p className="hint">
          {enabled
            ? t('consecutiveFailures', { count: health.consecutiveFailures })
            : t(disabledReason === 'gone' ? 'gone' : 'tooLong')}
          {enabled && health.firstFailureAt !== null && (
            <>
              , {t('firstFailure')} <Moment at={health.firstFailureAt} />
            </>
          )}
        </p>
      </div>
    </>
  );
}
