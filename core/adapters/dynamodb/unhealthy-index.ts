import { isDeepStrictEqual } from 'node:util';
import { ATTRIBUTE } from '../../contract.ts';
import type { Flow } from '../../model/flow.ts';
import {
  type HealthFacts,
  type Trouble,
  type TroubleReason,
  troubleOf,
  UNHEALTHY_STATES,
  type UnhealthyState,
} from '../../model/trouble.ts';
import type { UnhealthyEntry, UnhealthyIndex } from '../../ports/unhealthy-index.ts';
import { KEY, PARTITION, unhealthyPrefix } from './keys.ts';
import { toFlow } from './subscription-flow.ts';
import { type DataTable, type Item, queryCollection, type TransactItem } from './table.ts';

/**
 * The index of unhealthy subscriptions: one small item for each, in a partition of its project, whose sort key begins with the
 * state. Whatever changes a subscription's state writes the item in the same transaction.
 */
export function unhealthyIndex(table: DataTable): UnhealthyIndex {
  return {
    async list(project, state, page) {
      const { items, cursor } = await queryCollection(table, unhealthyCollection(project, state), page);
      return { items: items.map(toUnhealthyEntry), cursor };
    },
  };
}

export const unhealthyCollection = (project: string, state: UnhealthyState) => ({
  partition: PARTITION.unhealthy(project),
  prefix: unhealthyPrefix(state),
  order: 'newest first' as const,
});

export function toUnhealthyEntry({ [ATTRIBUTE.sortKey]: sk, reason, since }: Item): UnhealthyEntry {
  const [prefix = '', subscriptionId = ''] = String(sk).split('#');
  const state = prefix.toLowerCase() as UnhealthyState;
  return { state, subscriptionId, reason: reason as TroubleReason, since: (since as string | null) ?? null };
}

/** Return the writes that change a subscription's entry: none if it stays. */
export function entryChange(
  { tableName: TableName }: DataTable,
  project: string,
  id: string,
  before: Trouble | null,
  after: Trouble | null,
): TransactItem[] {
  if (isDeepStrictEqual(before, after)) return [];
  const moves = before !== null && before.state !== after?.state;
  return [
    ...(moves ? [{ Delete: { TableName, Key: KEY.unhealthy(project, before.state, id) } }] : []),
    ...(after === null ? [] : [{ Put: { TableName, Item: unhealthyItem(project, id, after) } }]),
  ];
}

export const unhealthyItem = (project: string, id: string, { state, reason, since }: Trouble): Item => ({
  ...KEY.unhealthy(project, state, id),
  ...{ reason, since },
});

/** Return the writes that remove a subscription's entry, whatever its state is, except from the state that it should be in. */
export const entryRemoval = (
  { tableName: TableName }: DataTable,
  project: string,
  id: string,
  kept: UnhealthyState | null = null,
): TransactItem[] =>
  UNHEALTHY_STATES.filter((state) => state !== kept).map((state) => ({
    Delete: { TableName, Key: KEY.unhealthy(project, state, id) },
  }));

/** Return what is wrong with the subscription of an item. All of this is stored in the clear. */
export const troubleOfItem = (item: Item): Trouble | null => troubleOf(healthFactsOf(item));

/** Return what decides whether the subscription of an item is healthy. Versions before 0.2 stored no pause. */
export const healthFactsOf = (item: Item): HealthFacts => ({
  enabled: item.enabled as boolean,
  disabledReason: (item.disabledReason as HealthFacts['disabledReason']) ?? null,
  cancelledUntil: (item.cancelledUntil as string | null) ?? null,
  paused: item.paused === true,
  flow: toFlow(item),
  createdAt: item.createdAt as string,
});

/**
 * The condition that a subscription is as healthy as it was when it was read. Its names and values begin with `is`, so that it can
 * be combined with others.
 */
export function isAsHealthy({ enabled, paused, flow }: Pick<HealthFacts, 'enabled' | 'paused' | 'flow'>) {
  const isPaused = paused
    ? '#isPaused = :isPaused'
    : '(attribute_not_exists(#isPaused) OR #isPaused = :isPaused)';
  return {
    ConditionExpression: `#isEnabled = :isEnabled AND ${isPaused} AND ((${isLegacy(flow)}) OR (#isFlow.#isMode = :isMode AND #isFlow.#isSince = :isSince AND #isFlow.#isWatched = :isWatched))`,
    ExpressionAttributeNames: {
      ...{ '#isEnabled': 'enabled', '#isPaused': 'paused', '#isFlow': 'flow' },
      ...{ '#isMode': 'mode', '#isSince': 'since', '#isWatched': 'watchedSince' },
    },
    ExpressionAttributeValues: {
      ...{ ':isEnabled': enabled, ':isPaused': paused },
      ...{ ':isMode': flow.mode, ':isSince': flow.since, ':isWatched': flow.watchedSince },
    },
  };
}

/** The condition that a subscription of a version before 0.2, which has no flow, is read as this one. */
const isLegacy = ({ mode }: Flow): string =>
  `attribute_not_exists(#isFlow) AND ${mode === 'paused' ? 'openedAt = :isSince' : 'attribute_not_exists(openedAt)'}`;
