import type { Attempt } from '../../../core/model/attempt.ts';
import type { AttemptReference } from '../../../core/model/attempt-reference.ts';
import type { AttemptDigests } from '../../../core/ports/attempt-digests.ts';
import { type AttemptLog, passesFilter } from '../../../core/ports/attempt-log.ts';
import { listAll } from '../../../core/ports/page.ts';
import { newestFirst, pageOf } from './page-of.ts';

/** Create digests of the attempts of a log, each of which it has alone. */
export function inMemoryDigests(attemptLog: Pick<AttemptLog, 'ofSubscription'>): AttemptDigests {
  const all: AttemptReference[] = [];
  const byTime = ({ at, id }: Attempt) => `${at}#${id}`;
  return {
    async write(references) {
      all.push(...references);
    },
    async list(project, page, filter = {}) {
      const own = all.filter((reference) => reference.project === project);
      const subscriptions = [...new Set(own.map(({ subscriptionId }) => subscriptionId))];
      const attempts = await Promise.all(
        subscriptions.map((id) => listAll(1000, (part) => attemptLog.ofSubscription(id, part))),
      );
      const isListed = (attempt: Attempt) =>
        own.some(
          ({ place, at, subscriptionId }) =>
            'eventId' in place &&
            place.eventId === attempt.eventId &&
            place.number === attempt.number &&
            subscriptionId === attempt.subscriptionId &&
            at === Date.parse(attempt.at),
        );
      const found = attempts.flat().filter((attempt) => isListed(attempt) && passesFilter(attempt, filter));
      return pageOf(newestFirst(found, byTime), byTime, page);
    },
  };
}
