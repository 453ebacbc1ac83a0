import type { Event } from '../model/event.ts';
import type { Continuation, FanOutPosition } from '../model/event-message.ts';
import type { QueueMessage } from '../model/queue-message.ts';

/** One step of an event's fan-out: all that the message asks for, or the rest of what an earlier step began. */
export interface FanOutStep {
  readonly message: QueueMessage;
  readonly event: Event;
  /** Where to start among the bindings of the event type's patterns. */
  readonly from: FanOutPosition;
  /** The stored position of the fan-out when it was last read or moved here; null if there was none. */
  readonly stored: FanOutPosition | null;
  readonly replay: Continuation['replay'];
  /** Whether the project log has the event; `maybe` after an earlier handling of this message, which may have died anywhere. */
  readonly isLogged: 'no' | 'maybe' | 'yes';
}
