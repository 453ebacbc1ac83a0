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
import { ENDS_AFTER_MS, type SubscriptionStore } from '../../ports/subscription-store.ts';
import { withoutAuthority } from './authority.ts';
import { collectionPage } from './filtered-page.ts';
import { dueFlowItem } from './flow-store.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { projectCount } from './project-counts.ts';
import { fromStored, SUBSCRIPTION_SECRETS, toStored } from './sealed-values.ts';
import { BREAKER_ATTRIBUTES, toFlow } from './subscription-flow.ts';
import { type DataTable, getItem, type Item, type TransactItem } from './table.ts';
import { failedConditions, IS_ABSENT, ITEMS_PER_TRANSACTION, orConflict, transact } from './write.ts';

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

  return {
    get,

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
      const { event, enabled, state } = filter;
      const passes = (item: Item) =>
        (event === undefined || matches(item.events as string[], event)) &&
        (enabled === undefined || item.enabled === enabled) &&
        (state === undefined || storedStateOf(item) === state);
      const isFiltered = Object.values(filter).some((value) => value !== undefined);
      return collectionPage(table, collection, page, opened, isFiltered ? passes : undefined);
    },

    async update(previous, next) {
      const before = new Set(boundPatterns(previous));
      const after = new Set(boundPatterns(next));
      const change = changeOf(table, previous, next, await itemOf(next));
      const isRenamed = previous.alias !== next.alias;
      await unlessChanged(
        transact(table, [
          ...(isRenamed ? aliasOf(next).map(claimedBy(next)) : []),
          ...(isRenamed ? aliasOf(previous).map(released(previous)) : []),
          ...[...(previous.condition !== next.condition ? after : after.difference(before))].map(bind(next)),
          { Update: change },
          ...[...before.difference(after)].map(unbind(next)),
        ]),
      );
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

const unlessChanged = (write: Promise<void>): Promise<void> =>
  orConflict(write, 'The subscription was changed meanwhile. Read it again.');

/** Return the patterns of a subscription's bindings. A disabled one has none, so events cost it nothing. */
const boundPatterns = ({ enabled, events }: Subscription): string[] =>
  enabled ? disjointPatterns(events) : [];

/**
 * Return the update of a subscription to the attributes of an item. It leaves the flow to the flow store, unless the endpoint is
 * another one.
 */
function changeOf({ tableName }: DataTable, previous: Subscription, next: Subscription, item: Item) {
  const { id, project } = next;
  const {
    [ATTRIBUTE.partitionKey]: _pk,
    [ATTRIBUTE.sortKey]: _sk,
    id: _id,
    project: _project,
    ...rest
  } = item;
  const { flow, ...others } = rest;
  const settings = startsAnew(previous, next) ? { ...others, flow } : others;
  const names = Object.keys(settings);
  return {
    TableName: tableName,
    Key: KEY.subscription(project, id),
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    ConditionExpression: '#version = :previous',
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`:${name}`, value])),
      ':previous': previous.version,
    },
  };
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

/** The state is stored in the clear, so a filter need not decrypt what it passes over. */
const storedStateOf = (item: Item) =>
  stateOf({ enabled: item.enabled as boolean, paused: item.paused === true, flow: toFlow(item) });

/** Of what version 0.1 stored. Only Frappe's webhooks had no content type then, and a template might render any origin. */
function defaultsOf({ contentType, dynamicUrl, url }: Item): Partial<Subscription> {
  return {
    ...(contentType === 'none'
      ? { requestStyle: 'python', redirects: 'follow' }
      : { requestStyle: 'ancrage', redirects: 'fail' }),
    dynamicOrigin: dynamicUrl === true && literalOrigin(url as string) === null,
  };
}
