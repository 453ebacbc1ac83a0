import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { attemptLog } from '../../core/adapters/dynamodb/attempt-log.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { projectOfEvents } from '../../core/adapters/dynamodb/keys.ts';
import { isSealed, SUBSCRIPTION_SECRETS } from '../../core/adapters/dynamodb/sealed-values.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable, Item } from '../../core/adapters/dynamodb/table.ts';
import { ATTRIBUTE } from '../../core/contract.ts';
import { asError } from '../../core/kernel/errors.ts';

export interface Check {
  readonly name: string;
  /** `skipped`: the sample has nothing to check it with. */
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly detail: string;
}

const { partitionKey, sortKey } = ATTRIBUTE;

/** Check that a copy of the table can be used: that it has items, and that they can be read and opened. */
export async function checkCopy(table: DataTable, most: number): Promise<Check[]> {
  const items = await sampleOf(table, most);
  const counts = [...Map.groupBy(items, kindOf)].map(([kind, some]) => `${some.length} ${kind}`).toSorted();
  const event = items.find((item) => isEvent(item) && item.body !== undefined);
  const large = items.find((item) => isEvent(item) && item.claimCheck !== undefined);
  const attempted = items.find((item) => kindOf(item) === 'EVENT ATTEMPT');
  const sealed = items.find(
    (item) =>
      kindOf(item) === 'PROJECT SUB' &&
      Object.keys(SUBSCRIPTION_SECRETS).some((name) => isSealed(item[name])),
  );
  return [
    {
      name: 'items',
      result: items.length > 0 ? 'passed' : 'failed',
      detail: items.length > 0 ? `a sample has ${counts.join(', ')}` : 'there are none',
    },
    await check('event', event, (item) => readEvent(table, item)),
    await check('attempts', attempted, (item) => readAttempts(table, item)),
    await check('encrypted secrets', sealed, (item) => openSecrets(table, item)),
    await check('large body', table.bodies && large, (item) => readEvent(table, item)),
  ];
}

/** Return the first items of a scan: they come in the order of a hash, so of all kinds and projects. */
async function sampleOf({ client, tableName: TableName }: DataTable, most: number): Promise<Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName, Limit: most - items.length, ...(start && { ExclusiveStartKey: start }) }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined && items.length < most);
  return items;
}

/** Return the beginnings of an item's keys, such as `EVENT ATTEMPT`. */
function kindOf(item: Item): string {
  const [pk, sk] = [partitionKey, sortKey].map((name) => String(item[name]).split('#')[0] ?? '');
  return pk === sk || !/^[A-Z-]+$/.test(sk ?? '') ? `${pk}` : `${pk} ${sk}`;
}

const isEvent = (item: Item): boolean => item[sortKey] === 'EVENT';

async function check(
  name: string,
  item: Item | undefined,
  read: (item: Item) => Promise<string>,
): Promise<Check> {
  if (item === undefined) return { name, result: 'skipped', detail: 'the sample has none' };
  try {
    return { name, result: 'passed', detail: await read(item) };
  } catch (error) {
    return { name, result: 'failed', detail: asError(error).message };
  }
}

/** The rest of a key after its kind and the project. */
const nameIn = (item: Item, key: string) => String(item[key]).split('#').slice(2).join('#');

async function readEvent(table: DataTable, item: Item): Promise<string> {
  const pk = String(item[partitionKey]);
  const event = await eventStore(table, 2).get(projectOfEvents(pk), nameIn(item, partitionKey));
  if (event === null) throw new Error(`The event of ${pk} cannot be read: it may have expired.`);
  if (event.erased?.partly)
    throw new Error(`The body of ${pk} is not in the bucket, unless the event was erased meanwhile.`);
  return `${event.type}, ${Buffer.byteLength(event.data)} bytes of data`;
}

async function readAttempts(table: DataTable, item: Item): Promise<string> {
  const [project, eventId] = [projectOfEvents(String(item[partitionKey])), nameIn(item, partitionKey)];
  const { items } = await attemptLog(table).ofEvent(project, eventId, { limit: 25, cursor: null });
  if (items.length === 0) throw new Error(`The event ${eventId} has no attempts: they may have expired.`);
  return `${items.length} of an event`;
}

async function openSecrets(table: DataTable, item: Item): Promise<string> {
  const project = projectOfEvents(String(item[partitionKey]));
  const id = String(item[sortKey]).split('#')[1] ?? '';
  const subscription = await subscriptionStore(table).get(project, id);
  if (subscription === null || subscription.url === '')
    throw new Error(`The secrets of ${id} were not opened.`);
  return 'those of a subscription';
}
