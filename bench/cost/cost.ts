import { LAMBDA_LOG_BYTES } from '../../bin/cost/counts.ts';
import type { Bench, Result } from '../bench.ts';
import { withAssembly } from '../bench-stack.ts';
import { progress } from '../progress.ts';
import { LANES } from './lanes.ts';
import { type MeteredStack, withMeteredStack } from './metered-stack.ts';
import { EVENT_TYPE, EVENTS_PER_REQUEST, Publisher, type Way } from './publisher.ts';
import { report } from './report.ts';
import { deliver, measure, type Run } from './run.ts';
import { measureTls, type TlsCost } from './tls.ts';
import { measureRounds, waitsOf } from './waits.ts';

type Option = 'events' | 'endpointMs' | 'callMs';
type Options = Readonly<Record<Option, number>>;

/** The queue first, because the target applies to it. */
const WAYS: readonly Way[] = ['queue', 'HTTPS'];
export const cost: Bench<Option> = {
  title: 'Cost of a million deliveries',
  summary:
    'billable units of a sustained load at list prices, compared with EventBridge and API destinations',
  method: `A publisher sends events with 1 KB of data to the local stack, ten per request and as fast as the stack accepts
them. One subscription with the default format receives them. The bench counts every billable unit from the first event to
the last delivery at the boundaries of the stack: with proxies in front of SQS and DynamoDB, at the end of invocations, in
the functions' logs and at the endpoint's sockets. The price table of \`npm run cost\` turns the counts into costs; the
files for its option \`--counts\` are saved beside this run. The endpoint is direct before anything is counted. Deliveries begin
when all events are fanned out, so that every invocation gets the maximum number of records, as under sustained load.

- SQS: each send, receive and deletion, by 64 KB. Empty receives and the sweeper count towards the idle month instead.
  Every request that concerns messages with a message group also counts as a fair queue request.
- DynamoDB: the consumed units that the engine reports, which it rounds as DynamoDB does; one unit for a write whose
  condition fails.
- Lambda: each invocation, with a modelled duration: the waiting time plus the CPU time of its thread, divided by the share
  of a processor that its memory includes, rounded up to 1 ms. The number of sequential waits follows from how much longer
  a full invocation takes if the engines, or the endpoint, respond later; each wait then counts as \`--callMs\` (assumed) or
  \`--endpointMs\`. One processor of this machine counts as one of Lambda's; the ratios show how much of the bill depends on
  that. Cold starts are not counted.
- Logs: the lines that the functions write, including their metrics, and an assumed ${LAMBDA_LOG_BYTES} bytes that Lambda
  itself writes per invocation; stored for a month without compression. The access log of the API is not included.
- Data transfer out: the bytes at the endpoint's sockets, which use plain http, plus the overhead of TLS per connection in
  bytes and CPU time. The overhead is measured before the run by comparing requests over https and http. TCP headers are not
  included.

The price of EventBridge is that of a custom event and an API destination call, both with 2 KB of data transfer out, as in the
target, and with as many bytes as Ancrage sends. The table is on demand, the default; the column for provisioned capacity
shows the same units with the setting \`provisionedCapacity\` at a utilisation of 70 %. EventBridge keeps no log, so the
cost of storing Ancrage's log for 30 days is shown separately.`,
  shortfall: `On demand, the writes alone cost most of the target. One write unit per delivery stores the event: its id is the
key that finds it and rejects duplicates, so events cannot share an item. An event batch shares everything else that a
delivery needs: log entries, messages and log lines. Storing less would remove content from the request log. For a sustained
load such as this one, provisioned capacity meets the target.`,
  options: { events: 2000, endpointMs: 200, callMs: 10 },
  quick: { events: 300 },
  run: async (options) => {
    progress('the overhead of TLS');
    // Measure TLS before anything else runs.
    const tls = await measureTls();
    progress('the stack');
    return withAssembly({ lanes: LANES }, (cdkOut) =>
      withMeteredStack(cdkOut, options, (metered) => run(metered, options, tls)),
    );
  },
};

async function run(metered: MeteredStack, options: Options, tls: TlsCost): Promise<Result> {
  const { stack, endpoint } = metered;
  const id = await stack.subscribe(endpoint.url, [EVENT_TYPE]);
  const publisher = new Publisher(stack.outputs);
  try {
    await deliver(metered, publisher, 'queue', EVENTS_PER_REQUEST);
    await stack.untilDirect(id);
    const rounds = await measureRounds(metered, publisher);
    metered.setPace(options);
    const load = { events: options.events, tls, waits: waitsOf(rounds, options) };
    const runs: Run[] = [];
    for (const way of WAYS) {
      progress(`${load.events} events by ${way}`);
      runs.push(await measure(metered, publisher, { way, ...load }));
    }
    return report(runs, rounds, tls);
  } finally {
    publisher.stop();
  }
}
