import { LAMBDA_LOG_BYTES } from '../../bin/cost/model.ts';
import type { Bench, Result } from '../bench.ts';
import { withAssembly } from '../bench-stack.ts';
import { type MeteredStack, withMeteredStack } from './metered-stack.ts';
import { EVENT_TYPE, Publisher, type Way } from './publisher.ts';
import { report } from './report.ts';
import { measure, type Run } from './run.ts';
import { measureTls, type TlsCost } from './tls.ts';
import { measureRounds, waitsOf } from './waits.ts';

type Option = 'events' | 'endpointMs' | 'callMs';
type Options = Readonly<Record<Option, number>>;

/** By the queue is what the target is of. */
const WAYS: readonly Way[] = ['queue', 'HTTPS'];
/** Few, so that there is always a full batch for each. */
const LANES = {
  events: { maxConcurrency: 2 },
  deliveries: { maxConcurrency: 2 },
  retries: { maxConcurrency: 2 },
};

export const cost: Bench<Option> = {
  title: 'Cost of a million deliveries',
  summary: 'billable units of a sustained load at list prices, beside EventBridge with API destinations',
  method: `On the local stack events with 1 KB of data are published ten in a request, as fast as they are taken, to one
subscription of the default format, and every billable unit between the first and the last is counted at the boundaries:
proxies before SQS and DynamoDB, the ends of invocations, the functions' logs, the endpoint's sockets. The counts are
priced by \`npm run cost\`'s table; the files that it takes with \`--counts\` lie beside this run. So that batches are
full, as where a queue is never empty, the endpoint is slow to answer until all events are fanned out.

- SQS: each send, receive and deletion by 64 KB. Receives that bring nothing belong to the idle month, as the sweeper does.
  Whatever is about messages with a group is counted as a request of fair queues.
- DynamoDB: the units that the engine tells, which rounds as DynamoDB does; one for a write whose condition fails.
- Lambda: each invocation, and its time by a model: what it waits for, and its thread's time of the processor at the share
  of one that its memory comes with, rounded up to 1 ms. Waits are counted, not timed: by how much longer a full batch
  takes where the engines, or the endpoint, answer later says how many of them it waits for one after the other. Each is
  then \`--callMs\` (assumed) or \`--endpointMs\`. One processor of this machine is taken for one of Lambda's; how much of
  the bill rests on that is among the ratios. Nothing is counted for cold starts.
- Logs: the lines that functions write, those of their metrics among them, and an assumed ${LAMBDA_LOG_BYTES} bytes that
  Lambda writes of an invocation; stored for a month as if they were not compressed. The API's access log is not in it.
- What goes out: bytes at the endpoint's sockets, which are plain http, and for each connection what TLS takes more (bytes,
  and time of the processor), measured before the run with a request over https and one over http. Without TCP's headers.

EventBridge's price is that of a custom event and a call of an API destination, with 2 KB that go out, as the target has it,
and with as many bytes as Ancrage's. The table is on demand, as it is by default; beside it is what the setting
\`provisionedCapacity\` makes of the same units where 70 % of it are used. EventBridge keeps no log, so what Ancrage keeps for 30 days is told apart.`,
  shortfall: `On demand the writes alone are most of the target, and one unit of each delivery's is the event: it is stored once,
under an id by which it is found and a second one is refused, so it cannot share an item with others. What else a delivery
needs is shared by a batch: the entries in the logs, the messages, the lines. Less would be kept at the cost of what
the request log shows. Where the load is sustained, as here, the table can be paid for by the hour, which meets the target.`,
  options: { events: 2000, endpointMs: 200, callMs: 10 },
  quick: { events: 300 },
  run: async (options) => {
    // While nothing else runs.
    const tls = await measureTls();
    return withAssembly({ lanes: LANES }, (cdkOut) =>
      withMeteredStack(cdkOut, options, (metered) => run(metered, options, tls)),
    );
  },
};

async function run(metered: MeteredStack, options: Options, tls: TlsCost): Promise<Result> {
  const { stack, endpoint } = metered;
  await stack.subscribe(endpoint.url, [EVENT_TYPE]);
  const publisher = new Publisher(stack.outputs);
  try {
    const rounds = await measureRounds(metered, publisher);
    metered.setPace(options);
    const load = { events: options.events, tls, waits: waitsOf(rounds, options) };
    const runs: Run[] = [];
    for (const way of WAYS) runs.push(await measure(metered, publisher, { way, ...load }));
    return report(runs, rounds, tls);
  } finally {
    publisher.stop();
  }
}
