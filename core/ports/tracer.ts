import type { Event } from '../model/event.ts';
import { nextSpan, type TraceContext } from '../model/trace-context.ts';

/** What Ancrage does for an event, each for the one before: accept it over HTTPS, fan it out, make a request of a delivery. */
export type SpanKind = 'publish' | 'fan-out' | 'attempt';

/** Facts about a span by the names of OpenTelemetry's semantic conventions. Never a secret or a publisher's data. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Return what every span says about its event: what log lines say, too. */
export const eventAttributes = ({ project, id, type }: Pick<Event, 'project' | 'id' | 'type'>) =>
  ({ 'ancrage.project': project, 'cloudevents.event_id': id, 'cloudevents.event_type': type }) as const;

export interface Span {
  /** The context in which whatever follows continues the trace; undefined if there is none. */
  readonly trace: TraceContext | undefined;
  /** End the span. @param failure why what it stands for failed, in a word; by default it succeeded */
  end(attributes: SpanAttributes, failure?: string): void;
}

export interface Tracer {
  /**
   * Begin a span.
   *
   * @param parent the context that it continues; without one it may begin a trace
   * @param at when it began, in milliseconds since the epoch
   */
  begin(kind: SpanKind, parent: TraceContext | undefined, at: number): Span;
}

/**
 * Passes the publisher's context on without recording spans, and begins no trace. A request is a span all the same: its receiver
 * must be able to tell it from the others of the trace.
 */
export const propagation: Tracer = {
  begin: (kind, parent) => ({
    trace: kind === 'attempt' && parent !== undefined ? nextSpan(parent) : parent,
    end: () => {},
  }),
};
