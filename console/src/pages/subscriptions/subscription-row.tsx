import { Link } from 'wouter';
import type { Subscription } from '../../../../client/index.ts';
import { nameOf, statusOf } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { messages } from './messages.ts';

const SHOWN_EVENTS = 3;
const REASONS = { gone: 'gone', failing: 'tooLong', manual: 'manual' } as const;

export function SubscriptionRow({ subscription }: { subscription: Subscription }) {
  const t = useText(messages);
  const { id, url, method, events } = subscription;
  return (
    <Link href={`/subscriptions/${id}`} className="row subscription-row">
      <span className="row-main">
        <strong>{nameOf(subscription)}</strong>
        <span className="mono muted clip">
          {method} {url}
        </span>
      </span>
      <span className="chips">
        {events.slice(0, SHOWN_EVENTS).map((event) => (
          <span key={event} className="chip">
            {event}
          </span>
        ))}
        {events.length > SHOWN_EVENTS && (
          <span className="chip">{t('moreEvents', { count: events.length - SHOWN_EVENTS })}</span>
        )}
      </span>
      <span className="row-status">
        <StatusBadge status={statusOf(subscription)} />
        <HealthReason subscription={subscription} />
      </span>
    </Link>
  );
}

/** Why the subscription is not healthy. */
function HealthReason({ subscription: { enabled, disabledReason, health } }: { subscription: Subscription }) {
  const t = useText(messages);
  if (!enabled) return disabledReason && <small className="muted">{t(REASONS[disabledReason])}</small>;
  if (health.consecutiveFailures === 0) return null;
  return <small className="muted">{t('failures', { count: health.consecutiveFailures })}</small>;
}
