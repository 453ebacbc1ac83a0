import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { attemptDigests } from '../../../core/adapters/dynamodb/attempt-digests.ts';
import { attemptLog } from '../../../core/adapters/dynamodb/attempt-log.ts';
import { inflated as inflatedText } from '../../../core/adapters/dynamodb/attempt-payload.ts';
import { bindingStore } from '../../../core/adapters/dynamodb/binding-store.ts';
import { creationStore } from '../../../core/adapters/dynamodb/creation-store.ts';
import { toReferences } from '../../../core/adapters/dynamodb/digest-items.ts';
import { dueWorkStore } from '../../../core/adapters/dynamodb/due-work.ts';
import { eventStore } from '../../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../../core/adapters/dynamodb/event-type-store.ts';
import { fanOutPositions } from '../../../core/adapters/dynamodb/fan-out-positions.ts';
import { flowStore } from '../../../core/adapters/dynamodb/flow-store.ts';
import { keyStore } from '../../../core/adapters/dynamodb/key-store.ts';
import { mailbox } from '../../../core/adapters/dynamodb/mailbox.ts';
import { parkedDeliveries } from '../../../core/adapters/dynamodb/parked-deliveries.ts';
import { projectStore } from '../../../core/adapters/dynamodb/project-store.ts';
import { replayJobStore } from '../../../core/adapters/dynamodb/replay-job-store.ts';
import { subscriptionStore } from '../../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable, Item } from '../../../core/adapters/dynamodb/table.ts';
import { trafficStore } from '../../../core/adapters/dynamodb/traffic-store.ts';
import { unhealthyIndex } from '../../../core/adapters/dynamodb/unhealthy-index.ts';
import type { ExchangeLimits } from '../../../core/ports/exchange-limits.ts';
import { MAILBOX_PARTS } from '../../../core/ports/mailbox.ts';
import { dueEntries } from '../waiting.ts';
import * as scene from './scene.ts';

const PAGE = { limit: 100, cursor: null };

/** Write one item of each kind with this version. */
export async function writeScene(table: DataTable): Promise<void> {
  const projects = projectStore(table);
  await projects.create(scene.project, []);
  await projects.create(scene.deletedProject, []);
  await projects.delete(scene.deletedProject, scene.STACK_TIME + 1000);
  const keys = keyStore(table);
  await keys.create(scene.key);
  await keys.createToken(scene.token);
  await eventTypeStore(table).put('erp', scene.eventType);

  const subscriptions = subscriptionStore(table);
  await subscriptions.create(scene.subscription);
  await subscriptions.create(scene.disabledSubscription);
  const flows = flowStore(table);
  await flows.change('erp', scene.subscription.id, () => scene.flowState);
  await flows.wake('erp', scene.subscription.id, scene.STACK_TIME + 30_000, false);

  const events = eventStore(table);
  await events.putOnce(scene.event, 'message-1');
  await events.putOnce(scene.suppressedEvent, 'message-2');
  await events.putOnce(scene.cloudEvent, 'message-3');
  for (const event of scene.eventBatch) await events.putOnce(event, `message of ${event.id}`);
  await events.append(scene.eventBatch, false);
  const positions = fanOutPositions(table);
  await positions.move({ event: scene.event, replay: undefined }, null, scene.position);
  await positions.move({ event: scene.event, replay: scene.replayRun }, null, scene.replayPosition);
  const limits: ExchangeLimits = { choose: async (attempts) => attempts };
  const references = await attemptLog(table, limits).record([
    ...[scene.attempt, scene.failedAttempt, scene.loggedAttempt],
    ...scene.eventBatchAttempts,
  ]);
  await attemptDigests(table).write(references);

  await mailbox(table).write([scene.waiting, scene.waitingReplay, scene.ordered, scene.orderedReplay]);
  await mailbox(table).mark(scene.subscription.id, scene.keyMark);
  await replayJobStore(table).create(scene.job, scene.STACK_TIME + 60_000);
  await creationStore(table).claim(scene.creation);
  await trafficStore(table).add('erp', scene.stretch);
}

/** Read a table with each query of this version. */
export async function readScene(table: DataTable): Promise<unknown> {
  const [projects, keys, types] = [projectStore(table), keyStore(table), eventTypeStore(table)];
  const [subscriptions, bindings] = [subscriptionStore(table), bindingStore(table)];
  const [events, positions] = [eventStore(table), fanOutPositions(table)];
  const attempts = attemptLog(table);
  const { id, alias } = scene.subscription;
  const dueWork = dueWorkStore(table);
  const due = await dueEntries(dueWork, scene.STACK_TIME + 10 ** 9);
  const claims = due.flatMap(({ key, dueAt, isPump }) => (isPump ? [] : [{ key, lease: dueAt }]));
  const work = await Promise.all(claims.map((claim) => dueWork.claimed(claim, claim.lease)));
  return {
    project: await projects.get('erp'),
    deletedProject: await projects.get('gone'),
    projects: await projects.list(PAGE),
    keyByHash: await keys.findByHash(scene.key.hash, scene.STACK_TIME),
    keyByToken: await keys.findByHash(scene.token.hash, scene.STACK_TIME),
    keys: await keys.list('erp', PAGE),
    eventType: await types.get('erp', scene.eventType.type),
    eventTypes: await types.list('erp', PAGE),
    schemaVersions: [...(await types.schemaVersions('erp'))],
    subscription: await subscriptions.get('erp', id),
    subscriptionByAlias: await subscriptions.getByAlias('erp', alias ?? ''),
    subscriptions: await subscriptions.list('erp', PAGE),
    unhealthy: await unhealthyIndex(table).list('erp', 'paused', PAGE),
    bindings: await bindings.page('erp', 'invoice.created', PAGE),
    wildcardBindings: await bindings.page('erp', 'job.*', PAGE),
    event: await events.get('erp', scene.event.id),
    cloudEvent: await events.get('erp', scene.cloudEvent.id),
    repeatedEvent: await events.putOnce(scene.event, 'another message'),
    events: await events.list('erp', {}, PAGE),
    position: await positions.get({ event: scene.event, replay: undefined }),
    replayPosition: await positions.get({ event: scene.event, replay: scene.replayRun }),
    attemptsOfEvent: await attempts.ofEvent('erp', scene.event.id, PAGE),
    attemptsOfSubscription: await attempts.ofSubscription(id, PAGE),
    lastAttempt: await attempts.last('erp', scene.event.id, id),
    loggedAttempt: await attempts.ofId('erp', scene.event.id, scene.loggedAttempt.id),
    attemptsOfLotEvent: await attempts.ofEvent('erp', 'lot_evt_1', PAGE),
    lastAttemptOfLot: await attempts.last('erp', 'lot_evt_1', id),
    held: await parkedDeliveries(table).held(id, 100),
    waiting: await mailbox(table).list(id, PAGE),
    queue: await mailbox(table).queue(id, scene.keyMark.key, PAGE),
    keyMarks: await Promise.all(
      Array.from({ length: MAILBOX_PARTS }, (_, part) =>
        mailbox(table).marks(id, part, { after: null, until: null, limit: 10 }),
      ),
    ),
    flow: await flowStore(table).get(id),
    pumps: due.filter(({ isPump }) => isPump),
    due: work.sort((a, b) => ((a?.claim.key ?? '') < (b?.claim.key ?? '') ? -1 : 1)),
    job: await replayJobStore(table).get(id, scene.job.id),
    creation: await creationStore(table).claim({ ...scene.creation, sealed: Uint8Array.from([9]) }),
    attemptsOfProject: await attemptDigests(table).list('erp', PAGE),
    traffic: await trafficStore(table).read('erp', scene.STACK_TIME, scene.STACK_TIME + 300_000),
  };
}

export async function putItems(table: DataTable, items: readonly Item[]): Promise<void> {
  for (const item of items) {
    const Item = Object.fromEntries(Object.entries(item).map(([name, value]) => [name, fromJson(value)]));
    await table.client.send(new PutCommand({ TableName: table.tableName, Item }));
  }
}

/** Return all items as JSON, sorted by key. */
export async function allItems(table: DataTable): Promise<Item[]> {
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
  const place = ({ pk, sk }: Item) => `${pk} ${sk}`;
  return toJson(Items.sort((a, b) => (place(a) < place(b) ? -1 : 1))) as Item[];
}

/** Bytes in JSON, as base64. */
interface Bytes {
  readonly $bytes: string;
}

const isBytes = (value: unknown): value is Bytes =>
  typeof value === 'object' && value !== null && '$bytes' in value;
const fromJson = (value: unknown): unknown =>
  isBytes(value) ? Uint8Array.from(Buffer.from(value.$bytes, 'base64')) : value;

/** Return JSON in which members are sorted by name: the engine returns an item's in another order each time. */
export const toJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, part) => jsonOf(part)));

function jsonOf(part: unknown): unknown {
  if (part instanceof Uint8Array) return { $bytes: Buffer.from(part).toString('base64') };
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const COMPRESSED = new Set(['body', 'exchange', 'attempts', 'events']);

function inflatedValue(item: Item, name: string, bytes: Buffer): unknown {
  if (name === 'references') return toReferences({ ...item, references: bytes });
  return COMPRESSED.has(name) ? inflatedText(bytes) : item[name];
}

/** Decompress items, because another version of zlib may compress differently. */
export const inflated = (items: readonly Item[]): Item[] =>
  items.map((item) =>
    Object.fromEntries(
      Object.entries(item).map(([name, value]) => [
        name,
        isBytes(value) ? inflatedValue(item, name, Buffer.from(value.$bytes, 'base64')) : value,
      ]),
    ),
  );
