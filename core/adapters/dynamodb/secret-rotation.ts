import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ATTRIBUTE } from '../../contract.ts';
import type { DataKey } from '../../ports/data-keys.ts';
import { withoutDictionary } from './attempt-payload.ts';
import { PARTITION, PREFIX, projectOfEvents } from './keys.ts';
import {
  ATTEMPT_SECRETS,
  dataKeyOf,
  fromStored,
  isSealed,
  PROJECT_SECRETS,
  SUBSCRIPTION_SECRETS,
  sealedItem,
  withOpenBytes,
} from './sealed-values.ts';
import { type DataTable, getItem, type Item } from './table.ts';
import { ifConditionHolds, sendOne } from './write.ts';

export interface RotationCounts {
  /** Items with secrets that were as they should be. */
  readonly unchanged: number;
  readonly rewritten: number;
}

/** Functions change an item rarely, and write it as it should be. */
const MAX_TRIES = 5;
/** Items that are rewritten at the same time. */
const AT_ONCE = 20;

/**
 * Rewrite all secrets of the table as they are written now: sealed with the current data key, or as they are. An item is
 * rewritten only if nothing has changed it since it was read, so functions may work meanwhile, and a run that was interrupted
 * is simply repeated: it leaves alone what is done.
 *
 * @param report receives the counts after each page of the table
 * @throws SealedValueError if a value does not open
 */
export async function rotateSecrets(
  table: DataTable,
  report: (counts: RotationCounts) => void = () => {},
): Promise<RotationCounts> {
  const dataKey = (await table.dataKeys?.current()) ?? null;
  const counts = { unchanged: 0, rewritten: 0 };
  let start: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new ScanCommand({ TableName: table.tableName, ConsistentRead: true, ExclusiveStartKey: start }),
    );
    const secret = Items.filter((item) => kindOf(item) !== undefined);
    for (let from = 0; from < secret.length; from += AT_ONCE) {
      const batch = secret.slice(from, from + AT_ONCE).map((item) => rewrite(table, dataKey, item));
      for (const isRewritten of await Promise.all(batch)) counts[isRewritten ? 'rewritten' : 'unchanged']++;
    }
    report(counts);
    start = LastEvaluatedKey;
  } while (start !== undefined);
  return counts;
}

interface Kind {
  readonly project: string;
  readonly names: readonly string[];
  readonly open: (table: DataTable, item: Item) => Promise<Item>;
  /** Return an open item as it is stored without a data key. */
  readonly toPlain: (item: Item, names: readonly string[]) => Item;
}

/** Return what is secret in an item, or undefined if it has no secrets. */
function kindOf(item: Item): Kind | undefined {
  const [pk, sk] = [item[ATTRIBUTE.partitionKey] as string, item[ATTRIBUTE.sortKey] as string];
  const ofSettings = (project: string, secrets: Readonly<Record<string, unknown>>): Kind => ({
    ...{ project, names: Object.keys(secrets) },
    open: (table, each) => fromStored(table, project, each, secrets),
    toPlain: (each) => each,
  });
  if (
    typeof item.project === 'string' &&
    pk === PARTITION.project(item.project) &&
    sk.startsWith(PREFIX.subscription)
  )
    return ofSettings(item.project, SUBSCRIPTION_SECRETS);
  const isProject =
    pk === PARTITION.projects || (pk === PARTITION.project(String(item.id)) && sk === 'PROJECT');
  if (isProject && typeof item.id === 'string') return ofSettings(item.id, PROJECT_SECRETS);
  if (!sk.startsWith(PREFIX.attempt) && !sk.startsWith(PREFIX.exchange)) return undefined;
  const project = projectOfEvents(pk);
  return {
    ...{ project, names: ATTEMPT_SECRETS },
    open: (table, each) => withOpenBytes(table, project, each, ATTEMPT_SECRETS),
    // Version 0.1, to which a stage may go back then, does not have the dictionary of what is sealed.
    toPlain: (each, names) => ({
      ...each,
      ...Object.fromEntries(names.map((name) => [name, withoutDictionary(each[name] as Uint8Array)])),
    }),
  };
}

/** Rewrite an item if it needs that. Return whether it did. */
async function rewrite(table: DataTable, dataKey: DataKey | null, read: Item): Promise<boolean> {
  const { partitionKey, sortKey } = ATTRIBUTE;
  const Key = { [partitionKey]: read[partitionKey], [sortKey]: read[sortKey] };
  let item: Item | undefined = read;
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    const kind = item && kindOf(item);
    if (item === undefined || kind === undefined) return false;
    const names = kind.names.filter((name) => isOutdated(item?.[name], dataKey));
    if (names.length === 0) return false;
    const open = await kind.open(table, item);
    const next =
      dataKey === null ? kind.toPlain(open, names) : sealedItem(dataKey, kind.project, open, names);
    const update = new UpdateCommand({
      TableName: table.tableName,
      Key,
      ...replacing(names, item, next),
    });
    if ((await ifConditionHolds(sendOne(table, update))) !== null) return true;
    item = await getItem(table, Key);
  }
  throw new Error(`The item ${JSON.stringify(Key)} was changed ${MAX_TRIES} times meanwhile.`);
}

function isOutdated(value: unknown, dataKey: DataKey | null): boolean {
  if (value === null || value === undefined) return false;
  const number = isSealed(value) ? dataKeyOf(value) : null;
  return number !== (dataKey?.number ?? null);
}

/** Return the update of attributes that are still as they were read. */
const replacing = (names: readonly string[], before: Item, after: Item) => ({
  UpdateExpression: `SET ${names.map((name) => `#${name} = :new_${name}`).join(', ')}`,
  ConditionExpression: names.map((name) => `#${name} = :old_${name}`).join(' AND '),
  ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
  ExpressionAttributeValues: Object.fromEntries(
    names.flatMap((name) => [
      [`:new_${name}`, after[name]],
      [`:old_${name}`, before[name]],
    ]),
  ),
});
