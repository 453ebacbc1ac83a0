import type { Attempt } from '../../../client/index.ts';
import { useAttemptsOfDelivery } from '../api/attempts.ts';
import { QueryView } from '../ui/query-view.tsx';
import { Scan } from '../ui/scan.tsx';
import { TimeLine } from './time-line.tsx';

interface DeliveryAttemptsProps {
  readonly eventId: string;
  readonly subscriptionId: string;
  /** The attempt beside which they are shown. */
  readonly shown?: Attempt;
}

/** The attempts of a delivery, as far as they were looked for. */
export function DeliveryAttempts({ eventId, subscriptionId, shown }: DeliveryAttemptsProps) {
  const list = useAttemptsOfDelivery(eventId, subscriptionId);
  const attempts = shown === undefined ? list.items : withAttempt(list.items, shown);
  return (
    <QueryView query={list} lines={2}>
      {() => (
        <>
          <TimeLine attempts={attempts} {...(shown && { current: shown.id })} />
          <Scan list={list} />
        </>
      )}
    </QueryView>
  );
}

/** Return attempts, oldest first, with one that may not have been found among them yet. */
export const withAttempt = (attempts: readonly Attempt[], attempt: Attempt): readonly Attempt[] =>
  attempts.some(({ id }) => id === attempt.id)
    ? attempts
    : [...attempts, attempt].toSorted((a, b) => a.at.localeCompare(b.at));
