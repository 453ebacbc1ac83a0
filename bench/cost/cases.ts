import type { Case } from '../../bin/cost/measured.ts';
import type { Bench } from '../bench.ts';
import { rounded } from '../bench.ts';
import { withAssembly } from '../bench-stack.ts';
import { progress } from '../progress.ts';
import { type CaseOptions, runCase, TOGETHER } from './case.ts';
import { LANES } from './lanes.ts';
import { withMeteredStack } from './metered-stack.ts';
import { measureTls } from './tls.ts';

/** Sizes of the data of an event in bytes. Between them, the units grow with the size. */
const SIZES = [256, 1024, 8192, 65_536];
const MANY = 10;
/** The answer of the endpoint is not waited for in the figures, but must take some time for requests to queue. */
const ENDPOINT_MS = 100;

const ofKind = (sizes: readonly number[], kind: Partial<Case>): Omit<Case, 'used'>[] =>
  sizes.map((payloadBytes) => ({
    ...{ via: 'queue' as const, together: TOGETHER, subscribers: 1, isRetried: false, payloadBytes },
    ...kind,
  }));

const KINDS: readonly Partial<Case>[] = [
  {},
  { subscribers: MANY },
  { via: 'https' },
  { together: 1 },
  { together: 1, subscribers: MANY },
  { together: 1, via: 'https' },
  { together: 1, isRetried: true },
];

export const units: Bench<keyof CaseOptions | 'sizes'> = {
  title: 'Units of an event',
  summary: 'billable units of events of each kind, which `npm run cost` prices',
  method: `Events of each kind go through the local stack, metered as for [the cost of a million deliveries](#cost-of-a-million-deliveries).
The counts are saved beside this run, and \`npm run cost\` prices them. Events come together, ten in a request and
in each invocation, or alone, when everything before them is done. The time that functions wait for endpoints is not in the figures:
\`npm run cost\` adds it, from the number of requests that follow each other. An event is retried once, in a turn of its own of the pump.`,
  // `sizes`: how many of the sizes, the smallest first.
  options: { events: 100, alone: 4, callMs: 10, sizes: SIZES.length },
  quick: { events: 20, alone: 1 },
  run: async (options) => {
    progress('the overhead of TLS');
    const tls = await measureTls();
    progress('the stack');
    return withAssembly({ lanes: LANES }, (cdkOut) =>
      withMeteredStack(cdkOut, { callMs: options.callMs, endpointMs: ENDPOINT_MS }, async (metered) => {
        const cases: Case[] = [];
        const kinds = KINDS.flatMap((kind) => ofKind(SIZES.slice(0, options.sizes), kind));
        for (const [index, kind] of kinds.entries()) {
          progress(`${index + 1} of ${kinds.length}: ${nameOf(kind)}, ${kind.payloadBytes} bytes`);
          cases.push(await runCase(metered, tls, kind, options));
        }
        const at = new Date().toISOString().slice(0, 10);
        return { tables: [{ title: 'Per event', rows: cases.map(row) }], files: { cases: { at, cases } } };
      }),
    );
  },
};

const nameOf = ({ via, together, subscribers, isRetried }: Omit<Case, 'used'>) =>
  [
    together === 1 ? 'alone' : 'together',
    `by ${via}`,
    subscribers === 1 ? 'one subscriber' : `${subscribers} subscribers`,
    ...(isRetried ? ['retried once'] : []),
  ].join(', ');

function row(measured: Case) {
  const { used } = measured;
  const figure = (quantity = 0, decimals = 2) => rounded(quantity, decimals);
  return {
    events: nameOf(measured),
    bytes: measured.payloadBytes,
    'write units': figure(used.dynamodbWrites),
    'of digests': figure(used.digestWrites),
    'read units': figure(used.dynamodbReads),
    'SQS requests': figure(used.sqsRequests),
    invocations: figure(used.lambdaRequests),
    'log bytes': figure((used.logsIngested ?? 0) * 1e9, 0),
    'bytes out': figure((used.egress ?? 0) * 1e9, 0),
    'bytes in the table': figure(used.tableBytes, 0),
  };
}
