import type { Event } from '../model/event.ts';
import type { Continuation, FanOutPosition } from '../model/event-message.ts';

/** An event's fan-out, or that of a replay of the event. */
export interface FanOutRun {
  readonly event: Pick<Event, 'project' | 'id' | 'expiresAt'>;
  readonly replay: Continuation['replay'];
}

/** How far the fan-outs of wide events are. A position expires with its event. */
export interface FanOutPositions {
  /** Return the stored position as the latest write left it, or null if there is none. */
  get(run: FanOutRun): Promise<FanOutPosition | null>;
  /**
   * Move the position if it is still where the caller last saw it, null if there was none. Return false if somebody else has
   * moved it meanwhile. A request that the client repeats, because its response was lost, counts as one.
   */
  move(run: FanOutRun, from: FanOutPosition | null, to: FanOutPosition): Promise<boolean>;
}
