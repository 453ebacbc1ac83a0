import { isDeepStrictEqual } from 'node:util';
import { ATTRIBUTE } from '../../contract.ts';
import { ConflictError, RequestError } from '../../kernel/errors.ts';
import { disjointPatterns, matches } from '../../model/event-pattern.ts';
import { literalOrigin } from '../../model/request-url.ts';
import {
  conditionMark,
  dialectDefaults,
  limitDefaults,
  type Subscription,
  startsAnew,
  stateOf,
  subscriptionDefaults,
} from '../../model/subscription.ts';
import { isNamed } from '../../model/subscription-name.ts';
import { troubleOf } from '../../model/trouble.ts';
import { ENDS_AFTER_MS, type SubscriptionStore } from '../../ports/subscription-store.ts';
import { withoutAuthority } from './authority.ts';
import { collectionPage } from './collection-page.ts';
import { dueFlowItem } from './flow-store.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { projectCount } from './project-counts.ts';
import { fromStored, SUBSCRIPTION_SECRETS, toStored } from './sealed-values.ts';
import { BREAKER_ATTRIBUTES, toFlow } from './subscription-flow.ts';
import { type DataTable, getAllItems, getItem, type Item, type TransactItem } from './table.ts';
import { entryChange, entryRemoval, healthFactsOf, isAsHealthy } from './unhealthy-index.ts';
import { unhealthyPage } from './unhealthy-page.ts';
import {
  failedConditions,
  IS_ABSENT,
  ITEMS_PER_TRANSACTION,
  ifConditionHolds,
  orConflict,
  transact,
} from './write.ts';

/**
 * Create the store of subscriptions. A subscription and its bindings change in one transaction. If there are too many of them for
 * that, a crash may leave a binding too many but never one too few: at worst an event is delivered twice (ADR 4).
 */
export function subscriptionStore(table: DataTable): SubscriptionStore {
  const { tableName: TableName } = table;
  const count = projectCount(table, 'subscriptions');

  const opened = async (item: Item): Promise<Subscription> =>
    toSubscription(await fromStored(table, item.project as string, item, SUBSCRIPTION_SECRETS));

  const get = async (project: string, id: string): Promise<Subscription | null> => {
    const item = await getItem(table, KEY.subscription(project, id));
    return item ? opened(item) : null;
  };

  const bind =
    ({ project, id, condition }: Subscription) =>
    (pattern: string) => {
      const marked = condition === null ? {} : { condition: conditionMark(condition) };
      return { Put: { TableName, Item: { ...KEY.binding(project, pattern, id), ...marked } } };
    };
  const unbind =
    ({ project, id }: Subscription) =>
    (pattern: string) => ({ Delete: { TableName, Key: KEY.binding(project, pattern, id) } });
  const itemOf = (subscription: Subscription): Promise<Item> => {
    const { project, id } = subscription;
    const item = { ...KEY.subscription(project, id), ...subscription };
    return toStored(table, project, item, SUBSCRIPTION_SECRETS);
  };

  const removal = (
    subscription: Subscription,
    condition: Condition,
    counted: readonly TransactItem[] = [],
  ) => {
    const { project, id } = subscription;
    // The pump ends the deliveries in the mailbox. One that runs now loses its lease by this.
    const ended = dueFlowItem(project, id, table.clock() + ENDS_AFTER_MS);
    return [
      { Delete: { TableName, Key: KEY.subscription(project, id), ...condition } },
      ...counted,
      { Put: { TableName, Item: ended } },
      ...entryRemoval(table, project, id),
      ...aliasOf(subscription).map(released(subscription)),
      ...boundPatterns(subscription).map(unbind(subscription)),
    ];
  };

  /** Return the write that gives an alias to a subscription unless another one has it. */
  const claimedBy =
    ({ id }: Subscription) =>
    ({ Key }: AliasKey) => ({ Put: { TableName, Item: { ...Key, subscriptionId: id }, ...IS_ABSENT } });
  const released = (subscription: Subscription) => (alias: AliasKey) => ({
    Delete: { ...alias, ...stillOf(subscription) },
  });

  const aliasOf = ({ project, alias }: Subscription) =>
    alias === null ? [] : [{ TableName, Key: KEY.alias(project, alias) }];

  /** Write what must be there before a change, and the change itself in one transaction, all of it in one if it fits. */
  const inOrder = async (preparing: readonly TransactItem[], change: readonly TransactItem[]) => {
    if (preparing.length + change.length <= ITEMS_PER_TRANSACTION)
      return transact(table, [...preparing, ...change]);
    await transact(table, preparing);
    return transact(table, change);
  };

  return {
    get,

    async getAll(project, ids) {
      const keys = [...new Set(ids)].map((id) => KEY.subscription(project, id));
      const found = await Promise.all((await getAllItems(table, keys)).map((item) => item && opened(item)));
      return new Map(
        found.flatMap((subscription) => (subscription ? [[subscription.id, subscription]] : [])),
      );
    },

    async getByAlias(project, alias) {
      const item = await getItem(table, KEY.alias(project, alias));
      return item ? get(project, item.subscriptionId as string) : null;
    },

    async create(subscription, limit = Number.MAX_SAFE_INTEGER) {
      const { project } = subscription;
      const bindings = boundPatterns(subscription).map(bind(subscription));
      const itself = [
        ...aliasOf(subscription).map(claimedBy(subscription)),
        { Put: { TableName, Item: await itemOf(subscription) } },
        ...entryChange(table, project, subscription.id, null, troubleOf(subscription)),
      ];
      // An alias without its subscription would be taken forever, so these two are always written together, and counted.
      const together = bindings.length + itself.length + 1 <= ITEMS_PER_TRANSACTION;
      if (!together) await transact(table, bindings);
      try {
        const failed = await count.create(project, limit, together ? [...itself, ...bindings] : itself);
        if (failed.size > 0)
          throw new ConflictError(`There is a subscription "${subscription.alias}" already.`);
      } catch (error) {
        // After any other error, the subscription may have been stored.
        if (!together && error instanceof RequestError)
          await withoutAuthority(() =>
            transact(table, boundPatterns(subscription).map(unbind(subscription))),
          );
        throw error;
      }
    },

    list(project, page, filter = {}) {
      const collection = {
        partition: PARTITION.project(project),
        prefix: PREFIX.subscription,
        order: 'newest first',
      } as const;
      const { name, event, enabled, state } = filter;
      const passes = async (item: Item) =>
        (event === undefined || matches(item.events as string[], event)) &&
        (enabled === undefined || item.enabled === enabled) &&
        (state === undefined || stateOf(healthFactsOf(item)) === state) &&
        (name === undefined || isNamed(await opened(item), name));
      const isFiltered = Object.values(filter).some((value) => value !== undefined);
      if (state !== undefined && state !== 'healthy') {
        const isFilteredFurther = [name, event, enabled].some((value) => value !== undefined);
        const inState = { project, state, isFiltered: isFilteredFurther };
        return unhealthyPage(table, inState, page, opened, passes);
      }
      return collectionPage(table, collection, page, opened, isFiltered ? passes : undefined);
    },

    async update(previous, next) {
      const before = new Set(boundPatterns(previous));
      const after = new Set(boundPatterns(next));
      const isRenamed = previous.alias !== next.alias;
      const preparing = [
        ...(isRenamed ? aliasOf(next).map(claimedBy(next)) : []),
        ...(isRenamed ? aliasOf(previous).map(released(previous)) : []),
        ...[...(previous.condition !== next.condition ? after : after.difference(before))].map(bind(next)),
      ];
      const unbound = [...before.difference(after)].map(unbind(next));
      const item = await itemOf(next);
      // Whoever changes the mode meanwhile does not change the version.
      for (let flow = previous.flow; ; ) {
        const written = await ifConditionHolds(
          inOrder(preparing, [...changeOf(table, { ...previous, flow }, next, item), ...unbound]),
        );
        if (written !== null) return;
        const known = await getItem(table, KEY.subscription(previous.project, previous.id));
        const current = known?.version === previous.version ? healthFactsOf(known as Item).flow : flow;
        if (isDeepStrictEqual(current, flow)) throw new ConflictError(CHANGED);
        flow = current;
      }
    },

    async delete(subscription) {
      const counted = [count.deleted(subscription.project)];
      const items = removal(subscription, isVersion(subscription), counted);
      if ((await failedConditions(table, items)).size === 0) return;
      // It was changed, or whoever deleted it has counted it.
      await unlessChanged(transact(table, removal(subscription, IS_ABSENT)));
    },

    deleteUncounted: (subscription) =>
      unlessChanged(transact(table, removal(subscription, isVersionOrAbsent(subscription)))),
  };
}

interface AliasKey {
  readonly TableName: string;
  readonly Key: Item;
}

type Condition = Omit<NonNullable<TransactItem['Delete']>, 'TableName' | 'Key'>;

const isVersion = ({ version }: Subscription): Condition => ({
  ConditionExpression: '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': version },
});

const isVersionOrAbsent = (subscription: Subscription): Condition => ({
  ...isVersion(subscription),
  ConditionExpression: 'attribute_not_exists(#version) OR #version = :version',
});

/** A condition that spares another subscription's alias: if this one was deleted before, another may have its alias now. */
const stillOf = ({ id }: Subscription) => ({
  ConditionExpression: 'attribute_not_exists(subscriptionId) OR subscriptionId = :id',
  ExpressionAttributeValues: { ':id': id },
});

const CHANGED = 'The subscription was changed meanwhile. Read it again.';

const unlessChanged = (write: Promise<void>): Promise<void> => orConflict(write, CHANGED);

/** Return the patterns of a subscription's bindings. A disabled one has none, so events cost it nothing. */
const boundPatterns = ({ enabled, events }: Subscription): string[] =>
  enabled ? disjointPatterns(events) : [];

/**
 * Return the update of a subscription to the attributes of an item, and what it changes in the index of unhealthy subscriptions. It
 * leaves the flow to the flow store, unless the endpoint is another one; but where its health depends on the flow, that must be as
 * it was read.
 */
function changeOf(table: DataTable, previous: Subscription, next: Subscription, item: Item): TransactItem[] {
  const { id, project } = next;
  const {
    [ATTRIBUTE.partitionKey]: _pk,
    [ATTRIBUTE.sortKey]: _sk,
    id: _id,
    project: _project,
    ...rest
  } = item;
  const { flow, ...others } = rest;
  const isAnew = startsAnew(previous, next);
  const settings = isAnew ? { ...others, flow } : others;
  const isSwitched = previous.enabled !== next.enabled || previous.paused !== next.paused;
  const asRead = isAnew || isSwitched ? isAsHealthy(previous) : null;
  const after = isAnew ? next : { ...next, flow: previous.flow };
  const names = Object.keys(settings);
  const Update = {
    TableName: table.tableName,
    Key: KEY.subscription(project, id),
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    ConditionExpression: `#version = :previous${asRead === null ? '' : ` AND ${asRead.ConditionExpression}`}`,
    ExpressionAttributeNames: {
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ...asRead?.ExpressionAttributeNames,
    },
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`:${name}`, value])),
      ...{ ':previous': previous.version, ...asRead?.ExpressionAttributeValues },
    },
  };
  return [{ Update }, ...entryChange(table, project, id, troubleOf(previous), troubleOf(after))];
}

function toSubscription(item: Item): Subscription {
  const { [ATTRIBUTE.partitionKey]: _pk, [ATTRIBUTE.sortKey]: _sk, ...rest } = item;
  const settings = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !(BREAKER_ATTRIBUTES as readonly string[]).includes(name)),
  );
  // The first subscriptions lack the dialects' settings, and those of versions before 0.2 all that concerns the flow, the log and the trace.
  const { log, traceState } = subscriptionDefaults;
  return {
    ...dialectDefaults,
    ...limitDefaults,
    ...{ log, traceState },
    ...defaultsOf(settings),
    ...settings,
    flow: toFlow(item),
  } as unknown as Subscription;
}

/** Of what version 0.1 stored. Only Frappe's webhooks had no content type then, and a template might render any origin. */
function defaultsOf({ contentType, dynamicUrl, url }: Item): Partial<Subscription> {
  return {
    ...(contentType === 'none'
      ? { requestStyle: 'python', redirects: 'follow' }
      : { requestStyle: 'ancrage', redirects: 'fail' }),
    dynamicOrigin: dynamicUrl === true && literalOrigin(url as string) === null,
  };
}
