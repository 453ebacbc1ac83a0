import type { EndedInvocation } from '../../local/functions/function-host.ts';
import type { MeteredStack, Pace } from './metered-stack.ts';
import { BATCH, type Publisher } from './publisher.ts';
import { deliver } from './run.ts';
import { durationsOf } from './units.ts';

/** What a function waits for one after the other; what it waits for at once counts once. */
export interface Rounds {
  /** Of DynamoDB and SQS. */
  readonly calls: number;
  /** Of the endpoint. */
  readonly endpoint: number;
}

/** Enough for several full batches of each function: what a batch waits for may depend on how much is in it. */
const EVENTS = 60 * BATCH;
/** How long the endpoint takes until all are fanned out. */
const HELD_MS = 1500;
const REPETITIONS = 3;
const DELIVER = 'deliver';
const USUAL: Pace = { callMs: 20, endpointMs: 50 };
/**
 * Slower by what is long beside all that the machine itself takes, and as quick as an endpoint must be for requests to
 * wait for each other's connections.
 */
const PACES = {
  usual: USUAL,
  slowCalls: { ...USUAL, callMs: 170 },
  slowEndpoint: { ...USUAL, endpointMs: 300 },
};
type Kind = keyof typeof PACES;

/**
 * By how much longer functions take where calls, or the endpoint, take longer. This is of the functions alone, however
 * fast the machine is.
 */
export async function measureRounds(
  metered: MeteredStack,
  publisher: Publisher,
): Promise<Map<string, Rounds>> {
  const invocationsAt = async (pace: Pace) => {
    metered.setPace(pace);
    metered.take();
    // Over HTTPS, so that all functions have a part in it.
    const early: EndedInvocation[] = [];
    await deliver(metered, publisher, 'HTTPS', EVENTS, HELD_MS, () =>
      early.push(...metered.take().invocations),
    );
    // What was delivered while the endpoint was held says nothing of how long it takes.
    return [...early.filter((each) => each.functionName !== DELIVER), ...metered.take().invocations];
  };
  // Not counted: copies start.
  await invocationsAt(USUAL);
  const invocations: Record<Kind, EndedInvocation[]> = { usual: [], slowCalls: [], slowEndpoint: [] };
  // In turns, so that whatever else the machine does slows all down alike.
  for (let n = 0; n < REPETITIONS; n++)
    for (const kind of Object.keys(PACES) as Kind[])
      invocations[kind].push(...(await invocationsAt(PACES[kind])));
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

/** Milliseconds that each function waits where others take so long. */
export const waitsOf = (rounds: ReadonlyMap<string, Rounds>, { callMs, endpointMs }: Pace) =>
  new Map(
    [...rounds].map(([name, { calls, endpoint }]) => [name, calls * callMs + endpoint * endpointMs] as const),
  );
