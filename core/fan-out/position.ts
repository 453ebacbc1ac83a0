import type { FanOutPosition } from '../model/event-message.ts';
import { patternsOf } from '../model/event-pattern.ts';
import { traceIdOf } from '../model/trace-context.ts';
import type { Matches } from './match-subscriptions.ts';
import type { FanOutPorts } from './ports.ts';
import type { FanOutStep } from './step.ts';

export const START: FanOutPosition = { pattern: 0, cursor: null };

export const isStart = ({ pattern, cursor }: FanOutPosition): boolean => pattern === 0 && cursor === null;

/** Return whether an event is wide: it has more subscriptions than one step takes. */
export const isWide = ({ step: { from }, rest }: Matches): boolean => rest !== null || !isStart(from);

/**
 * Return a step of an event that was handled before, moved to where its fan-out is. Return null if that is done. Only for
 * messages that are not received for the first time, and continuations: an event with one step need not be looked up.
 */
export async function resume({ positions, log }: FanOutPorts, step: FanOutStep): Promise<FanOutStep | null> {
  const stored = await positions.get(step);
  // Version 0.1 stores no position: a continuation of its own may be ahead.
  if (stored === null || isBefore(stored, step.from)) return { ...step, stored };
  const { project, id: eventId, type, trace } = step.event;
  if (stored.pattern < patternsOf(type).length) return { ...step, from: stored, stored };
  const reason = 'all deliveries have been sent';
  log.info('fan-out ended', { project, eventId, ...traceIdOf(trace), messageId: step.message.id, reason });
  return null;
}

const isBefore = (one: FanOutPosition, other: FanOutPosition): boolean =>
  one.pattern < other.pattern || (one.pattern === other.pattern && (one.cursor ?? '') < (other.cursor ?? ''));

/**
 * Store that the deliveries of a wide event's step have been sent. Return false if another handling of the event, which began
 * at the same position, was faster: only that one goes on.
 */
export async function advance({ positions, log }: FanOutPorts, matches: Matches): Promise<boolean> {
  if (!isWide(matches)) return true;
  const { step, rest } = matches;
  const { project, id: eventId, type, trace } = step.event;
  if (await positions.move(step, step.stored, rest ?? { pattern: patternsOf(type).length, cursor: null }))
    return true;
  const reason = 'another handling of the event goes on';
  log.info('fan-out ended', { project, eventId, ...traceIdOf(trace), messageId: step.message.id, reason });
  return false;
}
