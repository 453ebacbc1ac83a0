import { isDeepStrictEqual } from 'node:util';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { Trouble } from '../../model/trouble.ts';
import type { Page } from '../../ports/page.ts';
import type { UnhealthyRepair } from '../../ports/unhealthy-index.ts';
import { KEY, PARTITION, PREFIX } from './keys.ts';
import { type DataTable, getItem, getItems, type Item, queryCollection } from './table.ts';
import {
  entryRemoval,
  healthFactsOf,
  isAsHealthy,
  toUnhealthyEntry,
  troubleOfItem,
  unhealthyItem,
} from './unhealthy-index.ts';
import { failedConditions, IS_ABSENT, sendOne } from './write.ts';

const { sortKey } = ATTRIBUTE;

/** How long after everything was compared it is compared again. */
export const COMPARED_AGAIN_MS = 6 * 3_600_000;
const PER_PAGE = 100;

/** Where the comparison is: after which project, in which step of the next one, and after which item. */
interface Place {
  readonly after: string | null;
  readonly step: number;
  readonly cursor: string | null;
}

const START: Place = { after: null, step: 0, cursor: null };

/**
 * Create what repairs the index of unhealthy subscriptions. It reads the subscriptions of all projects, page by page over many
 * calls. An entry that is wrong is replaced only if its subscription is still as it was read.
 */
export function unhealthyRepair(table: DataTable): UnhealthyRepair {
  const { tableName: TableName, clock } = table;
  /** Until then, this copy need not look where the comparison is. */
  let restsUntil = 0;

  /** Put a subscription's entry right. `item` is undefined if there is no subscription. */
  async function putRight(project: string, id: string, item: Item | undefined): Promise<number> {
    const trouble = item === undefined ? null : troubleOfItem(item);
    const condition = item === undefined ? IS_ABSENT : isAsHealthy(healthFactsOf(item));
    const failed = await failedConditions(table, [
      { ConditionCheck: { TableName, Key: KEY.subscription(project, id), ...condition } },
      ...(trouble === null ? [] : [{ Put: { TableName, Item: unhealthyItem(project, id, trouble) } }]),
      ...entryRemoval(table, project, id, trouble?.state),
    ]);
    // Whoever has changed it since has written its entry, or is found the next time.
    return failed.size === 0 ? 1 : 0;
  }

  /** Compare a page of entries with their subscriptions. */
  async function compareEntries(project: string, { items }: Page<Item>): Promise<number> {
    const entries = items.map(toUnhealthyEntry);
    const keys = [...new Set(entries.map(({ subscriptionId }) => subscriptionId))];
    if (keys.length === 0) return 0;
    const found = await getItems(
      table,
      keys.map((id) => KEY.subscription(project, id)),
    );
    const subscriptions = new Map(keys.map((id, index) => [id, found[index]]));
    const repaired = entries.map(({ subscriptionId, ...entry }) => {
      const item = subscriptions.get(subscriptionId);
      return isRight(entry, item) ? 0 : putRight(project, subscriptionId, item);
    });
    return sum(await Promise.all(repaired));
  }

  /** Compare a page of subscriptions with their entries. */
  async function compareSubscriptions(project: string, { items }: Page<Item>): Promise<number> {
    const unhealthy = items.flatMap((item) => {
      const trouble = troubleOfItem(item);
      return trouble === null ? [] : [{ id: idOf(item), item, trouble }];
    });
    if (unhealthy.length === 0) return 0;
    const keys = unhealthy.map(({ id, trouble }) => KEY.unhealthy(project, trouble.state, id));
    const entries = await getItems(table, keys);
    const repaired = unhealthy.map(({ id, item }, index) => {
      const entry = entries[index];
      return entry !== undefined && isRight(toUnhealthyEntry(entry), item) ? 0 : putRight(project, id, item);
    });
    return sum(await Promise.all(repaired));
  }

  /** The entries first: those whose subscriptions are gone are found only there. */
  const steps = [
    { partition: PARTITION.unhealthy, prefix: '', compare: compareEntries },
    { partition: PARTITION.project, prefix: PREFIX.subscription, compare: compareSubscriptions },
  ] as const;

  /** Compare the next page. Return the place after it, or null at the end. */
  async function compareNext({
    after,
    step,
    cursor,
  }: Place): Promise<{ next: Place | null; repaired: number }> {
    const projects = await queryCollection(
      table,
      { partition: PARTITION.projects, prefix: '', order: 'oldest first' },
      { limit: 1, cursor: after },
    );
    const [project] = projects.items;
    const what = steps[step];
    if (project === undefined || what === undefined) return { next: null, repaired: 0 };
    const id = String(project.id);
    const collection = { partition: what.partition(id), prefix: what.prefix, order: 'oldest first' } as const;
    const page = await queryCollection(table, collection, { limit: PER_PAGE, cursor });
    const repaired = await what.compare(id, page);
    if (page.cursor !== null) return { next: { after, step, cursor: page.cursor }, repaired };
    if (step + 1 < steps.length) return { next: { after, step: step + 1, cursor: null }, repaired };
    return { next: { after: String(project[sortKey]), step: 0, cursor: null }, repaired };
  }

  const store = (state: Item) =>
    sendOne(table, new PutCommand({ TableName, Item: { ...KEY.unhealthyRepair, ...state } }));

  return {
    async repair(until) {
      if (clock() < restsUntil) return null;
      const state = await getItem(table, KEY.unhealthyRepair);
      restsUntil = ((state?.comparedAt as number | undefined) ?? 0) + COMPARED_AGAIN_MS;
      if (clock() < restsUntil) return null;
      let place = (state?.place as Place | undefined) ?? START;
      let repaired = 0;
      do {
        const compared = await compareNext(place);
        repaired += compared.repaired;
        if (compared.next === null) {
          restsUntil = clock() + COMPARED_AGAIN_MS;
          await store({ comparedAt: clock() });
          return repaired;
        }
        place = compared.next;
      } while (clock() < until);
      restsUntil = 0;
      await store({ place });
      return repaired;
    },
  };
}

const idOf = (item: Item): string => String(item[sortKey]).slice(PREFIX.subscription.length);

/** Return whether an entry says of a subscription what is the case. */
const isRight = ({ state, reason, since }: Trouble, item: Item | undefined): boolean =>
  item !== undefined && isDeepStrictEqual({ state, reason, since }, troubleOfItem(item));

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
