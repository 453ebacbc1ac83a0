import type { FanOutPorts } from './ports.ts';
import type { FanOutStep } from './step.ts';

/**
 * Append batched events to the project log; an unbatched event was logged when it was stored. New events come first, so that
 * a second copy of their message among the same records finds them there.
 */
export async function appendToLog({ events }: FanOutPorts, steps: readonly FanOutStep[]): Promise<void> {
  const batched = steps.filter(({ event }) => event.eventBatch !== undefined);
  for (const isLogged of ['no', 'maybe'] as const) {
    const some = batched.filter((step) => step.isLogged === isLogged).map(({ event }) => event);
    if (some.length > 0) await events.append(some, isLogged === 'maybe');
  }
}
