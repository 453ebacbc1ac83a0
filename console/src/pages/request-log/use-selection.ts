import { useState } from 'react';
import type { Attempt } from '../../../../client/index.ts';
import { isErased } from '../../api/attempts.ts';

/** A delivery that somebody chose by one of its attempts. */
type Chosen = Pick<Attempt, 'eventId' | 'subscriptionId'>;

/** The API makes so many deliveries again in one request. */
export const MOST_CHOSEN = 100;

export interface Selection {
  /** Each delivery once, even if several of its attempts are chosen. */
  readonly deliveries: readonly Chosen[];
  readonly ids: ReadonlySet<string>;
  has(attempt: Attempt): boolean;
  toggle(attempt: Attempt): void;
  /** Choose the attempts with these ids, among those in the list and those that were chosen before. */
  choose(ids: ReadonlySet<string>, list: readonly Attempt[]): void;
  clear(): void;
}

/** Tests and erased attempts have nothing to make again. */
export const canBeChosen = (attempt: Attempt): boolean => attempt.trigger !== 'test' && !isErased(attempt);

/** Hold the attempts that are chosen in a list. */
export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map());
  const deliveries = new Map(
    [...chosen.values()].map((delivery) => [`${delivery.eventId} ${delivery.subscriptionId}`, delivery]),
  );
  return {
    deliveries: [...deliveries.values()],
    ids: new Set(chosen.keys()),
    has: ({ id }) => chosen.has(id),
    toggle({ id, eventId, subscriptionId }) {
      setChosen((former) => {
        const next = new Map(former);
        if (!next.delete(id)) next.set(id, { eventId, subscriptionId });
        return next;
      });
    },
    choose: (ids, list) =>
      setChosen((former) => {
        const known = [...former, ...list.map(({ id, ...delivery }) => [id, delivery] as const)];
        return new Map(known.filter(([id]) => ids.has(id)));
      }),
    clear: () => setChosen(new Map()),
  };
}
