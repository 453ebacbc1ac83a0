import type { Clock } from '../../../core/kernel/clock.ts';
import { placeOf } from '../../../core/model/event-order.ts';
import type { Flow } from '../../../core/model/flow.ts';
import { type FlowState, NO_EVIDENCE } from '../../../core/model/flow-state.ts';
import type { WaitingDelivery, WaitingKey } from '../../../core/model/waiting-delivery.ts';
import type { DueEntry } from '../../../core/ports/due-work-store.ts';
import { CALLED_AGAIN_MS } from '../../../core/ports/due-work-store.ts';
import type { FlowStore, Lease } from '../../../core/ports/flow-store.ts';
import { type KeyMark, MAILBOX_PARTS, type Mailbox } from '../../../core/ports/mailbox.ts';
import { ENDS_AFTER_MS } from '../../../core/ports/subscription-store.ts';
import { pageOf } from './page-of.ts';
import type { SubscriptionMap } from './subscriptions.ts';

interface Entry {
  project: string;
  state: FlowState;
  dueAt: number | null;
  leaseEnds: number | null;
  holder: string | null;
  calledAt: number | null;
  held: number;
}

const unknown = (project: string): Entry => ({
  ...{ project, state: NO_EVIDENCE, dueAt: null, leaseEnds: null, holder: null, calledAt: null, held: 0 },
});

/** Create the store of flow items. */
export function inMemoryFlows(clock: Clock, subscriptions: SubscriptionMap) {
  const all = new Map<string, Entry>();
  subscriptions.whenDeleted = ({ project, id }) => {
    all.set(id, { ...unknown(project), dueAt: clock() + ENDS_AFTER_MS });
  };
  const entryOf = (project: string, subscriptionId: string): Entry => {
    const entry = all.get(subscriptionId) ?? unknown(project);
    all.set(subscriptionId, entry);
    return entry;
  };
  const runs = ({ leaseEnds }: Entry) => leaseEnds !== null && leaseEnds > clock();
  const heldBy = ({ subscriptionId, holder }: Lease): Entry | undefined => {
    const entry = all.get(subscriptionId);
    return entry?.holder === holder ? entry : undefined;
  };
  const isSame = (a: Flow, b: Flow) => a.mode === b.mode && a.since === b.since;

  const flows: FlowStore = {
    async get(subscriptionId) {
      const entry = all.get(subscriptionId);
      if (entry === undefined) return null;
      const { state, dueAt, leaseEnds } = entry;
      return { state, dueAt, leaseEnds };
    },
    async change(project, subscriptionId, change) {
      if (!all.has(subscriptionId) && subscriptions.get(subscriptionId) === undefined)
        return change(NO_EVIDENCE);
      const entry = entryOf(project, subscriptionId);
      entry.state = change(entry.state);
      return entry.state;
    },
    async setMode(_project, subscriptionId, from, to) {
      const subscription = subscriptions.get(subscriptionId);
      if (subscription === undefined || !isSame(subscription.flow, from)) return false;
      subscriptions.set(subscriptionId, { ...subscription, flow: to });
      return true;
    },
    async wake(project, subscriptionId, at, called) {
      const entry = entryOf(project, subscriptionId);
      if (runs(entry) || (entry.dueAt !== null && entry.dueAt <= at)) return false;
      Object.assign(entry, { dueAt: at, calledAt: called ? clock() : null });
      return true;
    },
    async take({ subscriptionId, holder }, { until, leaseEnds, dueAt }) {
      const entry = all.get(subscriptionId);
      if (entry === undefined || entry.dueAt === null || runs(entry)) return null;
      if (entry.dueAt > until && entry.leaseEnds === null) return null;
      const before = { state: entry.state, dueAt: entry.dueAt, leaseEnds: entry.leaseEnds };
      Object.assign(entry, { holder, leaseEnds, dueAt, calledAt: null });
      return before;
    },
    async renew(lease, leaseEnds) {
      const entry = heldBy(lease);
      if (entry !== undefined) entry.leaseEnds = leaseEnds;
      return entry !== undefined;
    },
    async release(lease, dueAt, called) {
      const entry = heldBy(lease);
      if (entry !== undefined)
        Object.assign(entry, { dueAt, leaseEnds: null, holder: null, calledAt: called ? clock() : null });
      return entry?.state ?? null;
    },
    async records(subscriptionIds) {
      return subscriptionIds.map((id) => {
        const entry = all.get(id);
        if (entry === undefined) return null;
        return { state: entry.state, dueAt: entry.dueAt, held: Math.max(0, entry.held) };
      });
    },
    async addHeld(subscriptionId, by) {
      const entry = all.get(subscriptionId);
      if (entry !== undefined) entry.held += by;
    },
    async idle(subscriptionId, dueAt, isEmpty = false) {
      const entry = all.get(subscriptionId);
      if (entry?.dueAt !== dueAt || entry.leaseEnds !== null) return;
      entry.dueAt = null;
      if (isEmpty) entry.held = 0;
    },
    async remove(subscriptionId, dueAt) {
      const entry = all.get(subscriptionId);
      if (entry?.dueAt === dueAt && entry.leaseEnds === null) all.delete(subscriptionId);
    },
  };

  return {
    flows,
    /** Return the pumps that are due until a time, as entries of the due index. */
    duePumps: (until: number): DueEntry[] =>
      [...all].flatMap(([key, { dueAt }]) =>
        dueAt !== null && dueAt <= until ? [{ key, dueAt, isPump: true }] : [],
      ),
    async callPump({ key, dueAt }: DueEntry, now: number) {
      const entry = all.get(key);
      if (entry?.dueAt !== dueAt || (entry.calledAt !== null && entry.calledAt > now - CALLED_AGAIN_MS))
        return null;
      if (runs(entry)) return null;
      entry.calledAt = now;
      return { project: entry.project, subscriptionId: key, dueAt: entry.leaseEnds === null ? dueAt : now };
    },
  };
}

interface Box {
  readonly entries: Map<string, WaitingDelivery>;
  /** The keys of each part, in order. */
  readonly parts: string[][];
  /** The keys of the entries of each ordering key, in order. */
  readonly queues: Map<string, string[]>;
  /** The marks of each part by their keys. */
  readonly marks: Map<string, KeyMark>[];
}

/** Create mailboxes, each sorted by due time. */
export function inMemoryMailbox(): Mailbox & { readonly size: number } {
  const all = new Map<string, Box>();
  let stamps = 0;
  const keyOf = ({ dueAt, eventId, replay, ordered }: WaitingKey) =>
    ordered === undefined
      ? `${timeOf(dueAt)}#${eventId}#${replay?.id ?? ''}`
      : `QUEUE#${ordered.key}#${String(ordered.order).padStart(17, '0')}#${eventId}#${replay?.id ?? ''}`;
  const markKeyOf = ({ key, dueAt }: Pick<KeyMark, 'key' | 'dueAt'>) =>
    dueAt === null ? `READY#${key}` : `WAIT#${timeOf(dueAt)}#${key}`;
  const boxOf = (subscriptionId: string): Box => {
    const box = all.get(subscriptionId) ?? {
      entries: new Map(),
      parts: Array.from({ length: MAILBOX_PARTS }, () => []),
      queues: new Map(),
      marks: Array.from({ length: MAILBOX_PARTS }, () => new Map()),
    };
    all.set(subscriptionId, box);
    return box;
  };
  const partOf = (text: string): number =>
    [...text].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % MAILBOX_PARTS;
  /** Return the keys that an entry's key is among, in order. */
  const keysBeside = ({ parts, queues }: Box, { eventId, ordered }: WaitingKey): string[] => {
    if (ordered === undefined) return parts[partOf(eventId)] as string[];
    const queue = queues.get(ordered.key) ?? [];
    queues.set(ordered.key, queue);
    return queue;
  };
  const mark = (subscriptionId: string, given: Omit<KeyMark, 'stamp'>): KeyMark => {
    const marked = { ...given, stamp: String(stamps++) };
    boxOf(subscriptionId).marks[partOf(given.key)]?.set(markKeyOf(given), marked);
    return marked;
  };

  return {
    get size() {
      return [...all.values()].reduce((sum, { entries }) => sum + entries.size, 0);
    },
    async write(put, remove = []) {
      for (const given of remove) {
        const box = boxOf(given.subscriptionId);
        const key = keyOf(given);
        if (!box.entries.delete(key)) continue;
        const keys = keysBeside(box, given);
        keys.splice(placeIn(keys, key), 1);
      }
      for (const entry of put) {
        const box = boxOf(entry.subscriptionId);
        const key = keyOf(entry);
        const keys = keysBeside(box, entry);
        if (!box.entries.has(key)) keys.splice(placeIn(keys, key), 0, key);
        box.entries.set(key, entry);
        if (entry.ordered !== undefined) mark(entry.subscriptionId, { key: entry.ordered.key, dueAt: null });
      }
    },
    async read(subscriptionId, part, { after, until, limit, order = 'first due first' }) {
      const { entries, parts } = boxOf(subscriptionId);
      const keys = parts[part] ?? [];
      const above = (time: number) => placeIn(keys, `${String(time + 1).padStart(14, '0')}`);
      // A cursor is the last key of the page before.
      const from =
        after === null ? 0 : typeof after === 'number' ? above(after) : placeIn(keys, `${after}\u0000`);
      const to = until === null ? keys.length : above(until);
      const last = order === 'last due first';
      const chosen = last
        ? keys.slice(Math.max(from, to - limit), to).reverse()
        : keys.slice(from, Math.min(to, from + limit));
      const items = chosen.map((key) => entries.get(key) as WaitingDelivery);
      return { items, cursor: to - from > limit ? (chosen.at(-1) ?? null) : null };
    },
    async queue(subscriptionId, orderingKey, { limit, cursor }) {
      const { entries, queues } = boxOf(subscriptionId);
      const keys = queues.get(orderingKey) ?? [];
      const from = cursor === null ? 0 : placeIn(keys, `${cursor}\u0000`);
      const chosen = keys.slice(from, from + limit);
      return {
        items: chosen.map((key) => entries.get(key) as WaitingDelivery),
        cursor: keys.length > from + limit ? (chosen.at(-1) ?? null) : null,
      };
    },
    async marks(subscriptionId, part, { after, until, limit, order = 'first due first' }) {
      const marks = boxOf(subscriptionId).marks[part] ?? new Map<string, KeyMark>();
      const isWanted = (key: string, { dueAt }: KeyMark) =>
        (typeof after !== 'string' || key > after) &&
        (typeof after !== 'number' || (dueAt !== null && dueAt > after)) &&
        (until === null || dueAt === null || dueAt <= until);
      const found = [...marks].filter(([key, each]) => isWanted(key, each));
      found.sort(([a], [b]) => (a < b === (order === 'first due first') ? -1 : 1));
      const cursor = found.length > limit ? (found[limit - 1]?.[0] ?? null) : null;
      return { items: found.slice(0, limit).map(([, each]) => each), cursor };
    },
    mark: async (subscriptionId, given) => mark(subscriptionId, given),
    async unmark(subscriptionId, given) {
      const marks = boxOf(subscriptionId).marks[partOf(given.key)];
      const key = markKeyOf(given);
      if (marks?.get(key)?.stamp === given.stamp) marks.delete(key);
    },
    async haveFirst(subscriptionIds, event) {
      const have = await Promise.all(subscriptionIds.map((id) => this.hasFirst(id, event)));
      return new Set(subscriptionIds.filter((_, index) => have[index]));
    },
    async hasFirst(subscriptionId, event) {
      const { entries } = boxOf(subscriptionId);
      const entry = { subscriptionId, eventId: event.id, dueAt: Date.parse(event.acceptedAt) };
      const ordered = entries.get(keyOf({ ...entry, ordered: placeOf(event) }));
      return entries.has(keyOf(entry)) || ordered?.number === 1;
    },
    count: async (subscriptionId, most) => Math.min(most, boxOf(subscriptionId).entries.size),
    async list(subscriptionId, page, { requestedAfter = null } = {}) {
      const sorted = [...boxOf(subscriptionId).entries.values()].sort((a, b) =>
        keyOf(a) < keyOf(b) ? -1 : 1,
      );
      const passes = sorted.filter(
        ({ acceptedAt, replay }) =>
          requestedAfter === null || (replay?.requestedAt ?? acceptedAt) > requestedAfter,
      );
      return pageOf(passes, keyOf, page, 'oldest first');
    },
  };
}

const timeOf = (dueAt: number) => String(dueAt).padStart(14, '0');

/** Return the index of the first key that is not below this one. */
function placeIn(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
