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

/** A batch may come in parts, as a queue hands out what it has at once. */
const EVENTS = 3 * BATCH;
/** Not counted: copies start. */
const WARM_UPS = 3;
const REPETITIONS = 8;
const PACE: Pace = { callMs: 50, endpointMs: 50 };
/** Long beside what the machine itself takes. */
const SLOWER = { callMs: 150, endpointMs: 350 };

/**
 * By how much longer functions take where calls, or the endpoint, take longer. This is of the functions alone, however
 * fast the machine is.
 */
export async function measureRounds(
  metered: MeteredStack,
  publisher: Publisher,
): Promise<Map<string, Rounds>> {
  const durations = async (pace: Pace) => {
    metered.setPace(pace);
    metered.take();
    // Over HTTPS, so that all functions have a part in it.
    for (let n = 0; n < REPETITIONS; n++) await deliver(metered, publisher, 'HTTPS', EVENTS);
    return durationsOf(metered.take().invocations);
  };
  for (let n = 0; n < WARM_UPS; n++) await deliver(metered, publisher, 'HTTPS', EVENTS);
  const usual = await durations(PACE);
  const slowCalls = await durations({ ...PACE, callMs: SLOWER.callMs });
  const slowEndpoint = await durations({ ...PACE, endpointMs: SLOWER.endpointMs });
  const rounds = [...usual].map(([name, ms]) => {
    const more = (slower: Map<string, number>, byMs: number) =>
      Math.max(0, (slower.get(name) ?? ms) - ms) / byMs;
    return [
      name,
      {
        calls: more(slowCalls, SLOWER.callMs - PACE.callMs),
        endpoint: more(slowEndpoint, SLOWER.endpointMs - PACE.endpointMs),
      },
    ] as const;
  });
  return new Map(rounds);
}

/** Milliseconds that each function waits where others take so long. */
export const waitsOf = (rounds: ReadonlyMap<string, Rounds>, { callMs, endpointMs }: Pace) =>
  new Map(
    [...rounds].map(([name, { calls, endpoint }]) => [name, calls * callMs + endpoint * endpointMs] as const),
  );
