import { dueWorkStore } from '../../core/adapters/dynamodb/due-work.ts';
import { flowStore } from '../../core/adapters/dynamodb/flow-store.ts';
import { mailbox } from '../../core/adapters/dynamodb/mailbox.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import { secondLookAt } from '../../core/model/erasure-job.ts';
import { DIRECT } from '../../core/model/flow.ts';
import type { WaitingDelivery } from '../../core/model/waiting-delivery.ts';
import { DUE_SHARDS, type DueEntry, type DueWorkStore } from '../../core/ports/due-work-store.ts';
import { eventually } from './eventually.ts';
import { readAll } from './pages.ts';
import type { Stack } from './stack.ts';

/** Return all entries of the due index, of every shard, that are due by then. */
export async function dueEntries({ due }: Pick<DueWorkStore, 'due'>, until: number): Promise<DueEntry[]> {
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) =>
    readAll((page) => due(shard, until, page), 1000),
  );
  return (await Promise.all(shards)).flat();
}

/** Return what waits in a subscription's mailbox, the first due first. */
export const waitingOf = (table: DataTable, subscriptionId: string): Promise<WaitingDelivery[]> =>
  readAll((page) => mailbox(table).list(subscriptionId, page), 100);

/** Delete all due work: nothing that waits is sent any more. */
export async function deleteDueWork({ table }: Pick<Stack, 'table'>): Promise<void> {
  const dueWork = dueWorkStore(table);
  const left = () => dueEntries(dueWork, Number.MAX_SAFE_INTEGER);
  for (let entries = await left(); entries.length > 0; entries = await left())
    await Promise.all(
      entries.map(async ({ key, dueAt, isPump }) => {
        if (isPump) await mailbox(table).write([], await waitingOf(table, subscriptionOf(key)));
        await dueWork.complete({ key, lease: dueAt });
      }),
    );
}

/** Have the due work begin now whose key has this part, such as the second pass of an erasure. There must be some. */
export async function beginNow(stack: Pick<Stack, 'table' | 'functions'>, part: string): Promise<void> {
  const dueWork = dueWorkStore(stack.table);
  const due = await dueEntries(dueWork, Number.MAX_SAFE_INTEGER);
  const entries = due.filter(({ key, isPump }) => !isPump && key.includes(part));
  if (entries.length === 0) throw new Error(`Nothing is due that has ${part}.`);
  for (const entry of entries) await dueWork.claim(entry, Date.now());
  await stack.functions.invoke('sweep', {});
}

/** Wait until an erasure by actor has been through the log, and have it look at the latest events again. */
export async function lookAgainNow(stack: Stack, id: string): Promise<void> {
  const { requestedAt } = await stack.get(`erasures/${id}`);
  await eventually(`the erasure ${id} has been through the log`, async () => {
    const due = await dueEntries(dueWorkStore(stack.table), Number.MAX_SAFE_INTEGER);
    const at = secondLookAt({ requestedAt });
    if (!due.some(({ key, dueAt }) => key.includes(id) && dueAt === at)) throw new Error('It has not.');
  });
  await beginNow(stack, id);
}

/** Return the subscription of a pump's entry of the due index. */
const subscriptionOf = (key: string) => String(JSON.parse(key)[0]).slice('SUB#'.length);

/** Wait until exactly so many deliveries wait for a subscription. */
export const untilWaiting = (
  { table }: Pick<Stack, 'table'>,
  subscriptionId: string,
  count: number,
): Promise<WaitingDelivery[]> =>
  eventually(`${count} deliveries wait for ${subscriptionId}`, async () => {
    const waiting = await waitingOf(table, subscriptionId);
    if (waiting.length === count) return waiting;
    const pump = await flowStore(table).get(subscriptionId);
    throw new Error(`${waiting.length} wait: ${JSON.stringify({ now: Date.now(), waiting, pump })}`);
  });

/**
 * Make everything that waits for a subscription due now, and call its pump. At least so many deliveries must wait first, all of
 * them for later: what is due may be under way.
 */
export async function letFallDue(stack: Stack, subscriptionId: string, atLeast = 1): Promise<void> {
  const waiting = await eventually(`${atLeast} deliveries wait for ${subscriptionId}`, async () => {
    await whileIdle(stack, subscriptionId);
    const found = await waitingOf(stack.table, subscriptionId);
    const later = found.filter(({ dueAt }) => dueAt > Date.now());
    if (later.length < atLeast || later.length < found.length)
      throw new Error(`${found.length} wait, ${later.length} of them for later`);
    return later;
  });
  const dueAt = Date.now();
  await mailbox(stack.table).write(
    waiting.map((entry) => ({ ...entry, dueAt })),
    waiting,
  );
  await callPump(stack, subscriptionId);
}

/** Make the next probe of a paused endpoint due now. */
export async function letProbe(stack: Stack, subscriptionId: string): Promise<void> {
  await whileIdle(stack, subscriptionId);
  await callPump(stack, subscriptionId);
}

/** Wait until no pump has a subscription's mailbox. */
async function whileIdle({ table }: Stack, subscriptionId: string): Promise<void> {
  await eventually(`the pump of ${subscriptionId} does not run`, async () => {
    const item = await flowStore(table).get(subscriptionId);
    return item === null || item.leaseEnds === null || item.leaseEnds <= Date.now();
  });
}

/** Have the sweeper call a subscription's pump, unless it was called already. */
export async function callPump(stack: Stack, subscriptionId: string): Promise<void> {
  await flowStore(stack.table).wake(stack.outputs.project, subscriptionId, Date.now(), false);
  await stack.functions.invoke('sweep', {});
}

/** Make an endpoint direct, as if it had earned it. No function has cached the opposite afterwards. */
export async function makeDirect(stack: Stack, subscriptionId: string): Promise<void> {
  const { project } = stack.outputs;
  const subscriptions = subscriptionStore(stack.table);
  await eventually(`${subscriptionId} is direct`, async () => {
    const subscription = await subscriptions.get(project, subscriptionId);
    if (subscription === null) throw new Error('It is gone.');
    if (subscription.flow.mode === 'direct') return true;
    return flowStore(stack.table).setMode(project, subscriptionId, subscription.flow, {
      ...DIRECT,
      since: new Date().toISOString(),
    });
  });
  await forgetSubscription(stack, subscriptionId);
}

/** Pause an endpoint that does not work, as if it had failed for long enough. An arrival brings its first probe forward to 15 s from now. */
export async function makePaused(stack: Stack, subscriptionId: string): Promise<void> {
  const { project } = stack.outputs;
  const flows = flowStore(stack.table);
  const since = new Date().toISOString();
  const nextProbeAt = Date.now() + 86_400_000;
  await flows.change(project, subscriptionId, (state) => ({
    ...state,
    ...{ failingSince: since, lastFailureAt: since, lastFailure: 'answered 503', nextProbeAt },
  }));
  await eventually(`${subscriptionId} is paused`, async () => {
    const subscription = await subscriptionStore(stack.table).get(project, subscriptionId);
    if (subscription === null) throw new Error('It is gone.');
    const flow = { mode: 'paused', reason: 'down', since, watchedSince: Date.parse(since) } as const;
    return flows.setMode(project, subscriptionId, subscription.flow, flow);
  });
  await forgetSubscription(stack, subscriptionId);
}

/** A copy of deliver caches a subscription for ten seconds, and a new copy has cached nothing. A pump reads it anew in each turn. */
async function forgetSubscription(stack: Stack, subscriptionId: string): Promise<void> {
  await stack.functions.replace('deliver');
  await whileIdle(stack, subscriptionId);
}

/** Wait until an endpoint is in a mode, and no function has cached another. */
export async function untilMode(
  stack: Stack,
  subscriptionId: string,
  mode: 'direct' | 'paced' | 'paused',
): Promise<void> {
  const subscriptions = subscriptionStore(stack.table);
  await eventually(`${subscriptionId} is ${mode}`, async () => {
    const subscription = await subscriptions.get(stack.outputs.project, subscriptionId);
    if (subscription?.flow.mode !== mode)
      throw new Error(`It is ${JSON.stringify(subscription?.flow ?? null)}.`);
  });
  await forgetSubscription(stack, subscriptionId);
}

/** Send events of a type to the events queue, with ids such as `down-7` and data such as `{"n": 7}`. */
export async function sendNumbered(stack: Stack, type: string, from: number, count: number): Promise<void> {
  for (let n = from; n < from + count; n++) await stack.sendEvent({ type, id: `${type}-${n}`, data: { n } });
}
