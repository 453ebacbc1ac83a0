import type { Clock } from '../../../core/kernel/clock.ts';
import { referenceTo } from '../../../core/model/attempt-reference.ts';
import { erasedAttempt, erasedEvent } from '../../../core/model/erased-event.ts';
import { type Event, webhookId } from '../../../core/model/event.ts';
import { matches } from '../../../core/model/event-pattern.ts';
import { type AttemptLog, passesFilter, type RecordedAttempt } from '../../../core/ports/attempt-log.ts';
import type { EventStore } from '../../../core/ports/event-store.ts';
import { newestFirst, pageOf } from './page-of.ts';

export function inMemoryEvents(clock: Clock): EventStore {
  const all = new Map<string, { event: Event; messageId: string }>();
  /** The batched events that are in the log. */
  const appended = new Set<string>();
  const alive = (stored: { event: Event } | undefined) =>
    stored !== undefined && stored.event.expiresAt > clock();
  const keyOf = ({ acceptedAt, id }: Event) => `${acceptedAt}#${id}`;
  return {
    async putOnce(event, messageId) {
      const name = `${event.project}#${webhookId(event)}`;
      const known = all.get(name);
      if (known && alive(known)) {
        if (known.messageId === messageId) return 'same-message';
        return known.event.source === event.source ? 'duplicate' : 'conflict';
      }
      all.set(name, { event, messageId });
      return 'stored';
    },
    async append(events) {
      for (const event of events) appended.add(`${event.project}#${event.id}`);
    },
    async get(project, id) {
      const known = all.get(`${project}#${webhookId({ id })}`);
      return known && alive(known) ? known.event : null;
    },
    async erase(project, id, erased) {
      const name = `${project}#${webhookId({ id })}`;
      const known = all.get(name);
      if (known !== undefined && alive(known))
        all.set(name, { ...known, event: erasedEvent(known.event, erased) });
    },
    async eraseBodies() {},
    async list(project, { type, matching, since, until, order }, page) {
      const events = [...all.values()]
        .filter(alive)
        .map(({ event }) => event)
        .filter((event) => event.eventBatch === undefined || appended.has(`${event.project}#${event.id}`));
      const wanted = events.filter(
        (event) =>
          event.project === project &&
          (type === undefined || event.type === type) &&
          (matching === undefined || matches(matching, event.type)) &&
          (since === undefined || event.acceptedAt >= since) &&
          (until === undefined || event.acceptedAt <= until),
      );
      const sorted = newestFirst(wanted, keyOf);
      const inOrder = order === 'oldest first' ? sorted.reverse() : sorted;
      const { items, cursor } = pageOf(inOrder, keyOf, page, order);
      return {
        items: items.map(({ id, type, time, acceptedAt, suppress, erased }) => ({
          ...{ id, type, time, acceptedAt },
          // The log is not rewritten.
          ...(suppress && erased === undefined && { suppress }),
        })),
        cursor,
      };
    },
  };
}

export function inMemoryAttempts(clock: Clock): AttemptLog {
  const all = new Map<string, RecordedAttempt>();
  const told = ({
    expiresAt: _,
    project: _project,
    replay: _replay,
    eventBatch: _eventBatch,
    log: _log,
    compactBecause: _compactBecause,
    ...attempt
  }: RecordedAttempt) => attempt;
  const alive = () => [...all.values()].filter(({ expiresAt }) => expiresAt > clock());
  const byNumber = ({ number, subscriptionId }: { number: number; subscriptionId: string }) =>
    `${String(number).padStart(5, '0')}#${subscriptionId}`;
  const byTime = ({ at, id }: { at: string; id: string }) => `${at}#${id}`;
  return {
    async record(attempts) {
      for (const attempt of attempts) all.set(attempt.id, attempt);
      return attempts.map(referenceTo);
    },
    async end({ project, eventId, subscriptionId, number, replay }) {
      for (const [id, attempt] of all) {
        const isLast = attempt.number === number - 1 && attempt.subscriptionId === subscriptionId;
        const isSame = attempt.eventId === eventId && attempt.project === project;
        if (isLast && isSame && attempt.replay?.id === replay?.id) {
          all.set(id, { ...attempt, nextAttemptAt: null });
        }
      }
    },
    async erase(project, eventId) {
      for (const [id, attempt] of all)
        if (attempt.project === project && attempt.eventId === eventId) all.set(id, erasedAttempt(attempt));
      return true;
    },
    async last(project, eventId, subscriptionId) {
      const found = alive().filter(
        (attempt) =>
          attempt.project === project &&
          attempt.eventId === eventId &&
          attempt.subscriptionId === subscriptionId,
      );
      const [last] = newestFirst(found, (attempt) => `${byNumber(attempt)}#${attempt.at}`);
      if (last === undefined) return null;
      const { number, at, outcome, nextAttemptAt, replay } = last;
      return { number, at, outcome, nextAttemptAt, requestedAt: replay?.requestedAt ?? null };
    },
    async get(project, { id, eventId, subscriptionId, number }) {
      const found = alive().find(
        (attempt) =>
          attempt.project === project &&
          attempt.id === id &&
          attempt.eventId === eventId &&
          attempt.subscriptionId === subscriptionId &&
          attempt.number === number,
      );
      return found ? told(found) : null;
    },
    async withNumber(project, { eventId, subscriptionId, number }) {
      const isOne = (attempt: RecordedAttempt) =>
        attempt.project === project &&
        attempt.eventId === eventId &&
        attempt.subscriptionId === subscriptionId &&
        attempt.number === number;
      return alive().filter(isOne).map(told);
    },
    async ofId(project, eventId, id) {
      const found = alive().find(
        (attempt) => attempt.project === project && attempt.eventId === eventId && attempt.id === id,
      );
      return found ? told(found) : null;
    },
    async ofEvent(project, eventId, page, filter = {}) {
      const found = alive().filter(
        (attempt) =>
          attempt.project === project && attempt.eventId === eventId && passesFilter(attempt, filter),
      );
      return pageOf(newestFirst(found.map(told), byNumber), byNumber, page);
    },
    async ofSubscription(subscriptionId, page, filter = {}) {
      const found = alive().filter(
        (attempt) => attempt.subscriptionId === subscriptionId && passesFilter(attempt, filter),
      );
      return pageOf(newestFirst(found.map(told), byTime), byTime, page);
    },
  };
}
