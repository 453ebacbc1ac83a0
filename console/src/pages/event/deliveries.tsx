import { Link } from 'wouter';
import type { Attempt } from '../../../../client/index.ts';
import { useAttemptsOfEvent } from '../../api/attempts.ts';
import { nameOf, useSubscription } from '../../api/subscriptions.ts';
import type { DeliveryState } from '../../api/types.ts';
import { AttemptDialog } from '../../attempt/attempt-dialog.tsx';
import { NextAttempt } from '../../attempt/next-attempt.tsx';
import { TimeLine } from '../../attempt/time-line.tsx';
import { useOpenAttempt } from '../../attempt/use-open-attempt.ts';
import { useText } from '../../i18n/language.tsx';
import { Empty } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { messages } from './messages.ts';

interface DeliveriesProps {
  readonly eventId: string;
  readonly deliveries: readonly DeliveryState[];
}

/** The event's deliveries and their attempts. */
export function Deliveries({ eventId, deliveries }: DeliveriesProps) {
  const t = useText(messages);
  const { data: attempts = [] } = useAttemptsOfEvent(eventId);
  const { open, show, close } = useOpenAttempt();
  if (deliveries.length === 0)
    return (
      <Empty icon="events" title={t('none')}>
        {t('noneText')}
      </Empty>
    );
  return (
    <section className="card">
      <header>
        <h2>{t('deliveries')}</h2>
      </header>
      <ul className="deliveries">
        {deliveries.map((delivery) => (
          <li key={delivery.subscriptionId}>
            <Delivery
              delivery={delivery}
              attempts={attempts.filter(({ subscriptionId }) => subscriptionId === delivery.subscriptionId)}
              onChoose={show}
            />
          </li>
        ))}
      </ul>
      {open && <AttemptDialog open={open} list={attempts} onShow={show} onClose={close} />}
    </section>
  );
}

interface DeliveryProps {
  readonly delivery: DeliveryState;
  readonly attempts: readonly Attempt[];
  onChoose(attempt: Attempt): void;
}

function Delivery({ delivery: { subscriptionId, state, nextAttemptAt }, attempts, onChoose }: DeliveryProps) {
  const { data } = useSubscription(subscriptionId, false);
  return (
    <>
      <p className="delivery-head">
        <StatusBadge status={state} />
        <Link href={`/subscriptions/${subscriptionId}`}>
          <strong>{data ? nameOf(data) : subscriptionId}</strong>
        </Link>
        {nextAttemptAt !== null && (
          <span className="muted">
            <NextAttempt at={nextAttemptAt} />
          </span>
        )}
      </p>
      <TimeLine attempts={attempts} onChoose={onChoose} />
    </>
  );
}
