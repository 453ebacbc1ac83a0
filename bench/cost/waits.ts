import type { EndedInvocation } from '../../local/functions/function-host.ts';
import { progress } from '../progress.ts';
import type { MeteredStack, Pace } from './metered-stack.ts';
import { EVENTS_PER_REQUEST, type Publisher } from './publisher.ts';
import { deliver } from './run.ts';
import { durationsOf } from './units.ts';

/** The number of times that an invocation waits; concurrent waits count once. */
export interface Rounds {
  /** Waits for DynamoDB and SQS. */
  readonly calls: number;
  /** Waits for the endpoint. */
  readonly endpoint: number;
}

/** Enough for several full invocations of each function, because the waits may depend on the number of records. */
const EVENTS = 30 * EVENTS_PER_REQUEST;
const REPETITIONS = 2;
const USUAL: Pace = { callMs: 20, endpointMs: 50 };
/**
 * The slow paces differ from the usual one by much more than the machine itself takes, but the endpoint stays fast
 * enough for requests to queue for each other's connections.
 */
const PACES = {
  usual: USUAL,
  slowCalls: { ...USUAL, callMs: 170 },
  slowEndpoint: { ...USUAL, endpointMs: 300 },
};
type Kind = keyof typeof PACES;
const NAMES: Readonly<Record<Kind, string>> = {
  usual: 'as usual',
  slowCalls: 'slow calls',
  slowEndpoint: 'a slow endpoint',
};

/**
 * Derive the number of waits from how much longer invocations take if calls, or the endpoint, take longer. The result
 * does not depend on the speed of the machine.
 */
export async function measureRounds(
  metered: MeteredStack,
  publisher: Publisher,
): Promise<Map<string, Rounds>> {
  const invocationsAt = async (pace: Pace) => {
    metered.setPace(pace);
    metered.take();
    // Over HTTPS, so that all functions are involved.
    await deliver(metered, publisher, 'HTTPS', EVENTS);
    return metered.take().invocations;
  };
  // Warm up: instances start.
  progress('warm-up');
  await invocationsAt(USUAL);
  const invocations: Record<Kind, EndedInvocation[]> = { usual: [], slowCalls: [], slowEndpoint: [] };
  // Alternate, so that other load on the machine affects all kinds alike.
  for (let n = 0; n < REPETITIONS; n++)
    for (const kind of Object.keys(PACES) as Kind[]) {
      progress(`sequential waits, ${n + 1} of ${REPETITIONS}: ${NAMES[kind]}`);
      invocations[kind].push(...(await invocationsAt(PACES[kind])));
    }
  const usual = durationsOf(invocations.usual);
  const more = (kind: Kind, figure: keyof Pace) => {
    const slower = durationsOf(invocations[kind]);
    const byMs = PACES[kind][figure] - USUAL[figure];
    return (name: string, ms: number) => Math.max(0, (slower.get(name) ?? ms) - ms) / byMs;
  };
  const [calls, endpoint] = [more('slowCalls', 'callMs'), more('slowEndpoint', 'endpointMs')];
  return new Map(
    [...usual].map(([name, ms]) => [name, { calls: calls(name, ms), endpoint: endpoint(name, ms) }] as const),
  );
}

/** Return the waiting time of each function in milliseconds at the given response times. */
export const waitsOf = (rounds: ReadonlyMap<string, Rounds>, { callMs, endpointMs }: Pace) =>
  new Map(
    [...rounds].map(([name, { calls, endpoint }]) => [name, calls * callMs + endpoint * endpointMs] as const),
  );
