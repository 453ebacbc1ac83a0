import { Link } from 'wouter';
import type { Subscription } from '../../../../client/index.ts';
import { answeredStatus, type Situation, situationOf } from '../../api/health.ts';
import { nameOf } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { Since } from '../../ui/moment.tsx';
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
        <StatusBadge status={situationOf(subscription)} />
        <HealthReason subscription={subscription} />
      </span>
    </Link>
  );
}

const BLAMED: readonly Situation[] = ['down', 'failing', 'erring'];

/** Their beginning is known. */
const LASTING: readonly Situation[] = ['down', 'failing', 'busy', 'slow', 'recovering'];

/** Why the subscription is not healthy, how much waits for it, and since when. */
function HealthReason({ subscription }: { subscription: Subscription }) {
  const t = useText(messages);
  const { enabled, disabledReason, health } = subscription;
  if (!enabled) return disabledReason && <small className="muted">{t(REASONS[disabledReason])}</small>;
  const { lastFailure, held, since } = health;
  const status = lastFailure === null ? undefined : answeredStatus(lastFailure);
  const situation = situationOf(subscription);
  const reasons = [
    BLAMED.includes(situation) && lastFailure !== null && (status ? t('answered', { status }) : lastFailure),
    held > 0 && t('waiting', { count: held }),
  ].filter((reason) => reason !== false);
  return (
    <>
      {reasons.length > 0 && <small className="muted">{reasons.join(' · ')}</small>}
      {since !== null && LASTING.includes(situation) && (
        <small className="muted">
          <Since at={since} />
        </small>
      )}
    </>
  );
}
