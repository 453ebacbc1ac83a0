import type { Event } from '../model/event.ts';
import type { Continuation, FanOutPosition } from '../model/event-message.ts';
import type { QueueMessage } from '../model/queue-message.ts';
import type { Span } from '../ports/tracer.ts';
import type { FanOutPorts } from './ports.ts';

/** One step of an event's fan-out: all that the message asks for, or the rest of what an earlier step began. */
export interface FanOutStep {
  readonly message: QueueMessage;
  /** Its trace is that of the span, which its deliveries continue. */
  readonly event: Event;
  readonly span: Span;
  /** Where to start among the bindings of the event type's patterns. */
  readonly from: FanOutPosition;
  /** The stored position of the fan-out when it was last read or moved here; null if there was none. */
  readonly stored: FanOutPosition | null;
  readonly replay: Continuation['replay'];
  /** Whether the project log has the event; `maybe` after an earlier handling of this message, which may have died anywhere. */
  readonly isLogged: 'no' | 'maybe' | 'yes';
}

/** Begin the span of handling an event, and return the event as its deliveries carry it. */
export function traced(
  { tracer, clock }: Pick<FanOutPorts, 'tracer' | 'clock'>,
  event: Event,
): Pick<FanOutStep, 'event' | 'span'> {
  const span = tracer.begin('fan-out', event.trace, clock());
  // The same object where nothing changes: its text may be large, and is cached.
  return {
    span,
    event: span.trace === event.trace ? event : { ...event, ...(span.trace && { trace: span.trace }) },
  };
}
