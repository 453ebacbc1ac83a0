import { useState } from 'react';
import { Link } from 'wouter';
import { nameOf } from '../../api/subscriptions.ts';
import type { EventDelivery } from '../../api/types.ts';
import { AttemptLink } from '../../attempt/attempt-link.tsx';
import { DeliveryAttempts } from '../../attempt/delivery-attempts.tsx';
import { NextAttempt } from '../../attempt/next-attempt.tsx';
import { useText } from '../../i18n/language.tsx';
import { ExactTime } from '../../ui/moment.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { messages } from './messages.ts';

interface DeliveryProps {
  readonly eventId: string;
  readonly delivery: EventDelivery;
}

/** How far the delivery to one subscription is, what its endpoint answered last and, on request, all attempts. */
export function Delivery({ eventId, delivery }: DeliveryProps) {
  const { subscriptionId, name, url, state, attempts, nextAttemptAt, lastAttempt } = delivery;
  const t = useText(messages);
  const progress = useProgress(delivery);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <p className="delivery-head">
        <StatusBadge status={state} />
        {url === null ? (
          <strong>{t('gone', { id: subscriptionId })}</strong>
        ) : (
          <Link href={`/subscriptions/${subscriptionId}`}>
            <strong>{nameOf({ name, url })}</strong>
          </Link>
        )}
        {lastAttempt === null ? (
          <span>{progress}</span>
        ) : (
          <>
            <AttemptLink attempt={{ id: lastAttempt.id, eventId }}>{progress}</AttemptLink>
            <span className="muted">
              <ExactTime at={lastAttempt.at} />
            </span>
          </>
        )}
        {nextAttemptAt !== null && (
          <span className="muted">
            <NextAttempt at={nextAttemptAt} />
          </span>
        )}
      </p>
      {attempts > 1 && (
        <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>{t('attempts')}</summary>
          {isOpen && <DeliveryAttempts eventId={eventId} subscriptionId={subscriptionId} />}
        </details>
      )}
    </>
  );
}

/** Return in words what the endpoint answered last, and what that means for the delivery: `200, delivered on attempt 4`. */
function useProgress({ state, attempts, lastAttempt }: EventDelivery): string {
  const t = useText(messages);
  if (lastAttempt === null) return t(state === 'pending' ? 'notAttempted' : 'neverAttempted');
  const { status, error } = lastAttempt;
  const answer = status !== null ? String(status) : error === null ? t('noAnswer') : t(error);
  const values = { answer, number: attempts };
  if (state === 'delivered') return t('deliveredOn', values);
  if (state === 'failed') return t(attempts === 1 ? 'failedAtOnce' : 'failedAfter', values);
  return t(state === 'pending' ? 'attemptFailed' : 'endedAfter', values);
}
