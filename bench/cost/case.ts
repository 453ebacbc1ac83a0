import { setTimeout as sleep } from 'node:timers/promises';
import type { Case, Used } from '../../bin/cost/measured.ts';
import { AT_ONCE } from '../../core/deliver/direct-lanes.ts';
import type { MeteredStack, Usage } from './metered-stack.ts';
import { EVENTS_PER_REQUEST, Publisher } from './publisher.ts';
import { deliver } from './run.ts';
import { storedIn } from './stored.ts';
import type { TlsCost } from './tls.ts';
import { billed, countsOf, digestWrites, isSender, messagesOf } from './units.ts';

/**
 * What an invocation of a warm function takes, as the bench `cost` measures it: how often it waits for DynamoDB and SQS, one call
 * after the other, and CPU time in milliseconds, its own and that of each event or request. A case is too short for the compiler, so
 * its own CPU time would be that of functions that have just started.
 */
const WARM: Readonly<
  Record<string, { readonly waits: number; readonly cpuMs: number; readonly eachMs: number }>
> = {
  authorize: { waits: 0, cpuMs: 0.1, eachMs: 0 },
  publish: { waits: 1, cpuMs: 6.3, eachMs: 0 },
  'fan-out': { waits: 4, cpuMs: 1, eachMs: 1 },
  deliver: { waits: 2, cpuMs: 2, eachMs: 0.9 },
  // That bench hardly needs the pump. Its CPU time is assumed to be deliver's, and its waits are the calls of a turn in a row.
  pump: { waits: 20, cpuMs: 2, eachMs: 0.9 },
};

export interface CaseOptions {
  /** Events that are published together. */
  readonly events: number;
  /** Events that are published one by one. */
  readonly alone: number;
  readonly callMs: number;
}

/** How often a case is run until nothing else has happened. */
const MOST_TRIES = 50;

const turnsOfPump = ({ invocations }: Usage): number =>
  invocations.filter(({ functionName }) => functionName === 'pump').length;

let made = 0;

/** Run events of one kind through the stack, and count what each of them uses. The first are not counted. */
export async function runCase(
  metered: MeteredStack,
  tls: TlsCost,
  kind: Omit<Case, 'used'>,
  options: CaseOptions,
): Promise<Case> {
  const { stack, endpoint, tableEndpoint } = metered;
  const { via, together, subscribers, payloadBytes, isRetried } = kind;
  const type = `case-${++made}.created`;
  const publisher = new Publisher(stack.outputs, { type, payloadBytes });
  const publish = async (count: number): Promise<void> => {
    const attempts = endpoint.received.requests + count * subscribers * (endpoint.failsFirst ? 2 : 1);
    await deliver(metered, publisher, via === 'https' ? 'HTTPS' : 'queue', count);
    while (endpoint.received.requests < attempts) await sleep(50);
    await metered.settled();
  };
  const oneByOne = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) await publish(1);
  };
  const stored = () => storedIn(tableEndpoint, stack.outputs.tableName);
  try {
    const ids: string[] = [];
    for (let n = 0; n < subscribers; n++) ids.push(await stack.subscribe(endpoint.url, [type]));
    // So many that the endpoint becomes direct.
    await publish(TOGETHER);
    await stack.untilDirect(...ids);
    endpoint.failsFirst = isRetried;
    await publish(together);

    const events = together === 1 ? options.alone : options.events;
    let [before, after] = [await stored(), await stored()];
    let requestsBefore = 0;
    let usage: Usage;
    let tries = 0;
    do {
      if (++tries > MOST_TRIES)
        throw new Error(`The pump disturbed ${MOST_TRIES} runs: is the machine busy?`);
      before = after;
      requestsBefore = publisher.apiRequests;
      metered.take();
      await (together === 1 ? oneByOne(events) : publish(events));
      usage = metered.take();
      after = await stored();
      // An answer that is late makes an endpoint paced, and others then send what it should get.
    } while (turnsOfPump(usage) !== (isRetried ? events : 0));
    const apiRequests = publisher.apiRequests - requestsBefore;
    const kept = { tableBytes: after.table - before.table, indexBytes: after.indexes - before.indexes };
    for (const id of ids) await stack.unsubscribe(id);
    return {
      ...kind,
      used: each(events, { ...usedBy(usage, tls, { ...options, apiRequests, subscribers }), ...kept }),
    };
  } finally {
    endpoint.failsFirst = false;
    publisher.stop();
  }
}

function usedBy(
  usage: Usage,
  tls: TlsCost,
  { callMs, apiRequests, subscribers }: CaseOptions & { apiRequests: number; subscribers: number },
): Used {
  const { requests } = usage.received;
  const senders = usage.invocations.filter(isSender).length;
  const warm = usage.invocations.map((invocation) => {
    const { cpuMs = invocation.cpuMs, eachMs = 0 } = WARM[invocation.functionName] ?? {};
    const each = isSender(invocation) ? requests / senders : messagesOf(invocation);
    return { ...invocation, cpuMs: cpuMs + each * eachMs };
  });
  const waits = new Map(Object.entries(WARM).map(([name, { waits }]) => [name, waits * callMs]));
  // The CPU time of TLS is in that of a request.
  const invocations = billed({ ...usage, invocations: warm }, waits, { ...tls, cpuMs: 0 });
  const { counts } = countsOf(usage, invocations, { deliveries: 1, apiRequests, tls });
  const { logsStored: _, ...others } = counts;
  // The requests of an invocation to one endpoint are made so many at once.
  const rounds = Math.ceil(requests / senders / subscribers / AT_ONCE);
  const gb = invocations.filter(isSender).reduce((sum, { memorySize }) => sum + memorySize / 1024, 0);
  return { ...others, endpointGb: gb * rounds, digestWrites: digestWrites(usage.tableCalls) };
}

const each = (events: number, used: Used): Used =>
  Object.fromEntries(
    Object.entries(used).map(([name, quantity]) => [name, Number((quantity / events).toPrecision(5))]),
  );

/** Events that are published together come in requests and invocations of ten. */
export const TOGETHER = EVENTS_PER_REQUEST;
