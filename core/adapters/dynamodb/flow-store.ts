import { DeleteCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import { ConflictError } from '../../kernel/errors.ts';
import { retryConflicts } from '../../kernel/retry-conflicts.ts';
import type { Flow } from '../../model/flow.ts';
import { type FlowState, NO_EVIDENCE } from '../../model/flow-state.ts';
import { troubleOf } from '../../model/trouble.ts';
import type { FlowItem, FlowStore, Lease } from '../../ports/flow-store.ts';
import { duePartition, swept } from './due-work.ts';
import { KEY } from './keys.ts';
import { BREAKER_ATTRIBUTES } from './subscription-flow.ts';
import { type DataTable, EXISTS, getItem, getItems, type Item, type TransactItem } from './table.ts';
import { entryChange, healthFactsOf, isAsHealthy } from './unhealthy-index.ts';
import { ifConditionHolds, sendOne, transact, writeOne } from './write.ts';

const { partitionKey, duePartitionKey, dueSortKey } = ATTRIBUTE;
/** The attribute with about how many deliveries wait. */
const HELD = 'held';

/**
 * Create the store of flow items. An item has three parts that change independently: `state`, with a version of its own;
 * `dueAt`, by which the sweeper finds it; and the lease of the pump that runs.
 */
export function flowStore(table: DataTable): FlowStore {
  const { tableName: TableName, clock } = table;
  const update = (subscriptionId: string, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>) =>
    ifConditionHolds(
      sendOne(table, new UpdateCommand({ TableName, Key: KEY.flow(subscriptionId), ...input })),
    );
  /** Make a change that callers of the API ask for as well. Return whether its condition held. */
  const holds = async (Update: NonNullable<TransactItem['Update']>): Promise<boolean> =>
    (await ifConditionHolds(writeOne(table, { Update }))) !== null;
  const read = (subscriptionId: string): Promise<Item | undefined> =>
    getItem(table, KEY.flow(subscriptionId));
  const held = ({ holder }: Lease) => ({
    ConditionExpression: 'holder = :holder',
    ExpressionAttributeValues: { ':holder': holder },
  });

  return {
    async get(subscriptionId) {
      const item = await read(subscriptionId);
      return item === undefined ? null : toFlowItem(item);
    },

    async records(subscriptionIds) {
      if (subscriptionIds.length === 0) return [];
      const items = await getItems(
        table,
        subscriptionIds.map((id) => KEY.flow(id)),
      );
      return items.map((item) => {
        if (item === undefined) return null;
        const { state, dueAt } = toFlowItem(item);
        return { state, dueAt, held: Math.max(0, Number(item[HELD] ?? 0)) };
      });
    },

    async addHeld(subscriptionId, by) {
      await update(subscriptionId, {
        UpdateExpression: 'ADD #held :by',
        // Without its subscription, the item would stay forever.
        ConditionExpression: 'attribute_exists(#pk)',
        ExpressionAttributeNames: { '#held': HELD, '#pk': partitionKey },
        ExpressionAttributeValues: { ':by': by },
      });
    },

    change: (project, subscriptionId, change) =>
      retryConflicts(async () => {
        const item = await read(subscriptionId);
        const state = change(stateOf(item));
        const input = stateUpdate(project, subscriptionId, item, state);
        if (item !== undefined) {
          if (!(await holds({ TableName, Key: KEY.flow(subscriptionId), ...input }))) throw MEANWHILE();
          return state;
        }
        const Key = KEY.subscription(project, subscriptionId);
        const created = await ifConditionHolds(
          transact(table, [
            { Update: { TableName, Key: KEY.flow(subscriptionId), ...input } },
            { ConditionCheck: { TableName, Key, ...EXISTS } },
          ]),
        );
        // Without its subscription, the item would stay forever.
        if (created === null && (await getItem(table, Key)) !== undefined) throw MEANWHILE();
        return state;
      }),

    setMode: (project, subscriptionId, from, to) =>
      retryConflicts(async () => {
        const Key = KEY.subscription(project, subscriptionId);
        const item = await getItem(table, Key);
        if (item === undefined) return false;
        const facts = healthFactsOf(item);
        if (!isSameMode(facts.flow, from)) return false;
        // Another copy has begun to watch it.
        if (isSameMode(facts.flow, to) && facts.flow.watchedSince !== null && to.watchedSince !== null)
          return true;
        const [before, after] = [troubleOf(facts), troubleOf({ ...facts, flow: to })];
        const condition = isAsHealthy(facts);
        const Update = {
          TableName,
          Key,
          UpdateExpression: `SET #isFlow = :to${to.mode === 'paused' ? '' : ` REMOVE ${BREAKER_ATTRIBUTES.join(', ')}`}`,
          ...condition,
          ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ':to': to },
        };
        const entry = entryChange(table, project, subscriptionId, before, after);
        const changed =
          entry.length === 0
            ? await holds(Update)
            : (await ifConditionHolds(transact(table, [{ Update }, ...entry]))) !== null;
        if (!changed) throw MEANWHILE();
        return true;
      }),

    async wake(project, subscriptionId, at, called) {
      for (;;) {
        const item = await read(subscriptionId);
        const { dueAt, leaseEnds } = item === undefined ? IDLE : toFlowItem(item);
        const runs = leaseEnds !== null && leaseEnds > clock();
        if (runs || (dueAt !== null && dueAt <= at)) return false;
        const woken = await holds({
          TableName,
          Key: KEY.flow(subscriptionId),
          UpdateExpression: `SET ${SET_DUE}, ${SET_IDENTITY}${called ? `, ${swept} = :now` : ` REMOVE ${swept}`}`,
          ConditionExpression: `${dueAt === null ? 'attribute_not_exists(#dueAt)' : '#dueAt = :known'} AND (attribute_not_exists(leaseEnds) OR leaseEnds <= :now)`,
          ExpressionAttributeNames: { ...DUE_NAMES, ...IDENTITY_NAMES },
          ExpressionAttributeValues: {
            ...dueValues(subscriptionId, at),
            ...identityOf(project, subscriptionId),
            ':now': clock(),
            ...(dueAt !== null && { ':known': dueAt }),
          },
        });
        if (woken) return true;
      }
    },

    async take({ subscriptionId, holder }, { until, leaseEnds, dueAt }) {
      const taken = await update(subscriptionId, {
        UpdateExpression: `SET holder = :holder, leaseEnds = :ends, ${SET_DUE} REMOVE ${swept}`,
        ConditionExpression: '(#dueAt <= :until AND attribute_not_exists(leaseEnds)) OR leaseEnds <= :now',
        ExpressionAttributeNames: DUE_NAMES,
        ExpressionAttributeValues: {
          ...dueValues(subscriptionId, dueAt),
          ...{ ':holder': holder, ':ends': leaseEnds, ':until': until, ':now': clock() },
        },
        ReturnValues: 'ALL_OLD',
      });
      return taken?.Attributes === undefined ? null : toFlowItem(taken.Attributes);
    },

    async renew(lease, leaseEnds) {
      const { ExpressionAttributeValues, ...condition } = held(lease);
      const renewed = await update(lease.subscriptionId, {
        UpdateExpression: 'SET leaseEnds = :ends',
        ...condition,
        ExpressionAttributeValues: { ...ExpressionAttributeValues, ':ends': leaseEnds },
      });
      return renewed !== null;
    },

    async release(lease, dueAt, called) {
      const { ExpressionAttributeValues, ...condition } = held(lease);
      const released = await update(lease.subscriptionId, {
        UpdateExpression: `SET ${SET_DUE}${called ? `, ${swept} = :now` : ''} REMOVE holder, leaseEnds${called ? '' : `, ${swept}`}`,
        ...condition,
        ExpressionAttributeNames: DUE_NAMES,
        ExpressionAttributeValues: {
          ...ExpressionAttributeValues,
          ...dueValues(lease.subscriptionId, dueAt),
          ...(called && { ':now': clock() }),
        },
        ReturnValues: 'ALL_NEW',
      });
      return released === null ? null : stateOf(released.Attributes);
    },

    async idle(subscriptionId, dueAt, isEmpty = false) {
      await update(subscriptionId, {
        UpdateExpression: `REMOVE #duePk, #dueAt, ${swept}${isEmpty ? `, ${HELD}` : ''}`,
        ...isUntouched(dueAt),
        ExpressionAttributeNames: DUE_NAMES,
      });
    },

    async remove(subscriptionId, dueAt) {
      const remove = new DeleteCommand({
        TableName,
        Key: KEY.flow(subscriptionId),
        ...isUntouched(dueAt),
        ExpressionAttributeNames: { '#dueAt': dueSortKey },
      });
      await ifConditionHolds(sendOne(table, remove));
    },
  };
}

/** Return the update that replaces the state that was read with an item. */
function stateUpdate(project: string, subscriptionId: string, item: Item | undefined, state: FlowState) {
  const version = item?.stateVersion;
  return {
    UpdateExpression: `SET #state = :state, stateVersion = :next, ${SET_IDENTITY}`,
    ConditionExpression:
      version !== undefined
        ? 'stateVersion = :version'
        : `attribute_not_exists(stateVersion) AND ${item === undefined ? 'attribute_not_exists(#pk)' : 'attribute_exists(#pk)'}`,
    ExpressionAttributeNames: {
      '#state': 'state',
      ...IDENTITY_NAMES,
      ...(version === undefined && { '#pk': partitionKey }),
    },
    ExpressionAttributeValues: {
      ':state': state,
      ':next': Number(version ?? 0) + 1,
      ...(version !== undefined && { ':version': version }),
      ...identityOf(project, subscriptionId),
    },
  };
}

const MEANWHILE = () => new ConflictError('The flow was changed meanwhile.');

/** The item of a subscription of which nothing is known, and whose pump is due. */
export const dueFlowItem = (project: string, subscriptionId: string, dueAt: number): Item => ({
  ...KEY.flow(subscriptionId),
  ...{ kind: 'flow', project, subscriptionId },
  [duePartitionKey]: duePartition(KEY.flow(subscriptionId)),
  [dueSortKey]: dueAt,
});

/** The condition that nobody has taken or woken a pump that is due at this time. */
const isUntouched = (dueAt: number) => ({
  ConditionExpression: '#dueAt = :dueAt AND attribute_not_exists(leaseEnds)',
  ExpressionAttributeValues: { ':dueAt': dueAt },
});

const isSameMode = (a: Flow, b: Flow): boolean => a.mode === b.mode && a.since === b.since;

const IDLE = { dueAt: null, leaseEnds: null };
const SET_DUE = '#duePk = :duePk, #dueAt = :dueAt';
const DUE_NAMES = { '#duePk': duePartitionKey, '#dueAt': dueSortKey };

const dueValues = (subscriptionId: string, dueAt: number) => ({
  ':duePk': duePartition(KEY.flow(subscriptionId)),
  ':dueAt': dueAt,
});

const SET_IDENTITY = 'kind = :kind, #project = :project, subscriptionId = :id';
/** A reserved word. */
const IDENTITY_NAMES = { '#project': 'project' };

const identityOf = (project: string, subscriptionId: string) => ({
  ':kind': 'flow',
  ':project': project,
  ':id': subscriptionId,
});

const stateOf = (item: Item | undefined): FlowState => ({
  ...NO_EVIDENCE,
  ...(item?.state as Partial<FlowState> | undefined),
});

const toFlowItem = (item: Item): FlowItem => ({
  state: stateOf(item),
  dueAt: (item[dueSortKey] as number | undefined) ?? null,
  leaseEnds: (item.leaseEnds as number | undefined) ?? null,
});
