import { limitReached, UnavailableError } from '../../kernel/errors.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { countPrefix, type DataTable, getItem, type TransactItem } from './table.ts';
import { failedConditions, transact } from './write.ts';

/**
 * The number of a project's subscriptions, keys or event types, each in an item of its own. It changes in the transaction that
 * creates or deletes one, so creations at the same time cannot exceed the limit.
 *
 * `countedAt` is the time when the things themselves were last counted. Without it, as in a project of an earlier version, `count`
 * means nothing yet: none is created before they are counted. `changes` grows with each creation and deletion, so that a count is
 * stored only if there was none meanwhile.
 *
 * Functions of earlier versions create and delete without counting during the minutes of an upgrade. The count is off by those until
 * it reaches the limit, where they are counted again.
 *
 * Also what changes the item alone is a transaction: DynamoDB refuses other writes while a creation has the item, and the SDK
 * does not send them again.
 */
export interface ProjectCount {
  /**
   * Write items in a transaction that counts what they create.
   *
   * @returns the items whose conditions did not hold; nothing is written then
   * @throws LimitReachedError if the project would have more than it may have
   * @throws UnavailableError if others keep being created or deleted
   */
  create(
    project: string,
    limit: number,
    items: readonly TransactItem[],
    by?: number,
  ): Promise<ReadonlySet<TransactItem>>;
  /** Return the write that counts one that is deleted. */
  deleted(project: string): TransactItem;
  /** Return how many the project has. */
  read(project: string): Promise<number>;
}

/** The prefix of the sort keys of each kind that is counted, and its name in messages. */
const COUNTED = {
  subscriptions: { prefix: PREFIX.subscription, name: 'subscriptions' },
  keys: { prefix: PREFIX.key, name: 'keys' },
  eventTypes: { prefix: PREFIX.eventType, name: 'event types' },
} as const;

export type Counted = keyof typeof COUNTED;

/** Enough for a creation that others overtake while it counts what its project has. */
const MAX_TRIES = 10;

/** A project at its limit that keeps trying is counted no more often than this: it may take a hundred reads of 1 MB. */
const COUNTED_EVERY_MS = 10 * 60_000;

const NAMES = { '#count': 'count', '#changes': 'changes', '#countedAt': 'countedAt' };
type Name = keyof typeof NAMES;

interface CountItem {
  readonly count: number;
  readonly changes?: number;
  readonly countedAt?: number;
}

export function projectCount(table: DataTable, what: Counted): ProjectCount {
  const { prefix, name } = COUNTED[what];

  const updateOf = (project: string, names: readonly Name[]) => ({
    TableName: table.tableName,
    Key: KEY.count(project, what),
    ExpressionAttributeNames: Object.fromEntries(names.map((each) => [each, NAMES[each]])),
  });
  const find = async (project: string) =>
    (await getItem(table, KEY.count(project, what))) as CountItem | undefined;
  const countAll = (project: string): Promise<number> =>
    countPrefix(table, PARTITION.project(project), prefix);

  /** The condition fails at the limit, and before the first count. */
  const created = (project: string, limit: number, by: number): TransactItem => ({
    Update: {
      ...updateOf(project, ['#count', '#changes', '#countedAt']),
      UpdateExpression: 'ADD #count :by, #changes :one',
      ConditionExpression: 'attribute_exists(#countedAt) AND #count <= :room',
      ExpressionAttributeValues: { ':by': by, ':one': 1, ':room': limit - by },
    },
  });

  /** Make sure that only one of those that reach the limit counts. Return whether it is this one. */
  async function claimCount(project: string, countedAt: number): Promise<boolean> {
    const claim = {
      ...updateOf(project, ['#countedAt']),
      UpdateExpression: 'SET #countedAt = :now',
      ConditionExpression: '#countedAt = :before',
      ExpressionAttributeValues: { ':now': table.clock(), ':before': countedAt },
    };
    return (await failedConditions(table, [{ Update: claim }])).size === 0;
  }

  /** Store a count, unless there were creations or deletions since `changes` was read. */
  async function storeCount(project: string, count: number, changes: number | undefined): Promise<void> {
    const update = {
      ...updateOf(project, ['#count', '#changes', '#countedAt']),
      UpdateExpression: 'SET #count = :count, #countedAt = :now',
      ConditionExpression: changes === undefined ? 'attribute_not_exists(#changes)' : '#changes = :changes',
      ExpressionAttributeValues: { ':count': count, ':now': table.clock(), ':changes': changes },
    };
    await failedConditions(table, [{ Update: update }]);
  }

  /**
   * Find out why a creation could not be counted, and count all of them if that may help. The caller tries again.
   *
   * @throws LimitReachedError if the project would have more than it may have
   */
  async function makeRoom(project: string, limit: number, by: number): Promise<void> {
    const found = await find(project);
    if (found?.countedAt !== undefined) {
      if (found.count + by <= limit) return;
      const isRecent = found.countedAt > table.clock() - COUNTED_EVERY_MS;
      if (isRecent || !(await claimCount(project, found.countedAt))) throw limitReached(limit, name);
    }
    await storeCount(project, await countAll(project), found?.changes);
  }

  return {
    async create(project, limit, items, by = 1) {
      const counted = created(project, limit, by);
      return unlessOvertaken(name, async () => {
        const failed = await failedConditions(table, [counted, ...items]);
        if (failed.size !== 1 || !failed.has(counted)) return failed;
        await makeRoom(project, limit, by);
        return null;
      });
    },

    deleted: (project) => ({
      Update: {
        ...updateOf(project, ['#count', '#changes']),
        UpdateExpression: 'ADD #count :minusOne, #changes :one',
        ExpressionAttributeValues: { ':minusOne': -1, ':one': 1 },
      },
    }),

    async read(project) {
      const found = await find(project);
      return found?.countedAt === undefined ? countAll(project) : found.count;
    },
  };
}

/**
 * Try until an attempt has a result. Null says that another request created or deleted something first.
 *
 * @param name what others create and delete
 * @throws UnavailableError if others keep coming first
 */
export async function unlessOvertaken<Result>(
  name: string,
  attempt: () => Promise<Result | null>,
): Promise<Result> {
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    const result = await attempt();
    if (result !== null) return result;
  }
  throw new UnavailableError(`Other ${name} kept being created or deleted. Try again.`);
}

/** Remove the counts of a deleted project. */
export const forgetCounts = (table: DataTable, project: string): Promise<void> => {
  const counts = (Object.keys(COUNTED) as Counted[]).map((what) => KEY.count(project, what));
  return transact(
    table,
    [...counts, KEY.runningJobs(project)].map((Key) => ({ Delete: { TableName: table.tableName, Key } })),
  );
};
