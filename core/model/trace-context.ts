import { randomBytes } from 'node:crypto';

/**
 * A place in a distributed trace, as W3C Trace Context level 1 passes it on (https://www.w3.org/TR/trace-context-1/). Publishers
 * state it, so it is only what {@link readTraceContext} let through.
 */
export interface TraceContext {
  /** Of version 00: the trace's id, the id of the span that whoever reads this continues, and whether it is sampled. */
  readonly traceparent: string;
  /** What the tracing systems on the way have to say about the trace, at most {@link MAX_STATE} characters. */
  readonly tracestate?: string;
}

export const TRACEPARENT = 'traceparent';
export const TRACESTATE = 'tracestate';

/** Headers, message attributes or attributes of a CloudEvent by their lower-case names. */
type Carrier = Readonly<Record<string, unknown>>;

/** Section 3.2. Only version 00 ends after the flags: a later one may go on after a dash. */
const PARENT = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(-.*)?$/s;
const SAMPLED = 1;

const MAX_STATE = 512;
const MAX_MEMBERS = 32;
/** Section 3.3.1.3. The two forms of a key, and a value that does not end with a space. */
const KEY = String.raw`(?:[a-z][\da-z_*/-]{0,255}|[\da-z][\da-z_*/-]{0,240}@[a-z][\da-z_*/-]{0,13})`;
const VALUE = String.raw`[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]`;
const MEMBER = new RegExp(`^${KEY}=${VALUE}$`);

/**
 * Return the context that a carrier has, undefined if it has none. What is malformed is ignored, as the specification says
 * (sections 3.2.2 and 3.3.1), and without a `traceparent` so is the `tracestate`.
 */
export function readTraceContext(carrier: Carrier): TraceContext | undefined {
  const traceparent = readParent(carrier[TRACEPARENT]);
  if (traceparent === undefined) return undefined;
  const tracestate = readState(carrier[TRACESTATE]);
  return { traceparent, ...(tracestate !== undefined && { tracestate }) };
}

function readParent(given: unknown): string | undefined {
  if (typeof given !== 'string') return undefined;
  const [, version, traceId, spanId, flags = '', rest] = PARENT.exec(given) ?? [];
  if (version === undefined || (version === '00' && rest !== undefined)) return undefined;
  // Flags that version 00 does not know must be zero (section 3.2.2.5.2).
  return `00-${traceId}-${spanId}-0${Number.parseInt(flags, 16) & SAMPLED}`;
}

/**
 * Return the trace of a publication. What the event itself states wins over the transport that brought it: each hop replaces the
 * transport's, while that of a CloudEvent names where the event began, with every relay that leaves it as it is
 * (https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/distributed-tracing.md, "Using the Distributed Tracing
 * Extension"); of an event that came straight from its source, both are the same. In a batch, only the event's tells one event from
 * another.
 */
export const publishedTrace = (
  stated: TraceContext | undefined,
  transport: Carrier,
): TraceContext | undefined => stated ?? readTraceContext(transport);

/** Members may be empty, and have white space around them. One whose key comes twice is passed on as it is. */
function readState(given: unknown): string | undefined {
  if (typeof given !== 'string' || given.length > MAX_STATE) return undefined;
  const members = given
    .split(',')
    .map((member) => member.replace(/^[ \t]+|[ \t]+$/g, ''))
    .filter((member) => member !== '');
  const isValid = members.length <= MAX_MEMBERS && members.every((member) => MEMBER.test(member));
  return isValid && members.length > 0 ? members.join(',') : undefined;
}

/** Return the parts of a context that was read. */
export function partsOf({ traceparent }: TraceContext): {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
} {
  const [, traceId = '', spanId = '', flags] = traceparent.split('-');
  return { traceId, spanId, sampled: flags === '01' };
}

/** Return the trace's id, 32 hexadecimal digits, in an object for a log line or an item; nothing if there is no trace. */
export const traceIdOf = (trace: TraceContext | undefined): { readonly traceId?: string } =>
  trace === undefined ? {} : { traceId: partsOf(trace).traceId };

/** Return the same for a log line about several events: `traceId` if they share one trace, otherwise `traceIds`. */
export function traceIdsOf(
  each: readonly (string | undefined)[],
): { readonly traceId?: string } | { readonly traceIds: readonly string[] } {
  const ids = new Set(each.filter((id) => id !== undefined));
  const [traceId, ...others] = ids;
  if (traceId === undefined) return {};
  return others.length === 0 ? { traceId } : { traceIds: [...ids] };
}

/** Return the context of a new span of the same trace. */
export function nextSpan(trace: TraceContext, spanId = newSpanId()): TraceContext {
  const { traceId, sampled } = partsOf(trace);
  return { ...trace, traceparent: `00-${traceId}-${spanId}-${sampled ? '01' : '00'}` };
}

const SPAN_ID_BYTES = 8;
const NO_SPAN = '0'.repeat(2 * SPAN_ID_BYTES);

function newSpanId(): string {
  const id = randomBytes(SPAN_ID_BYTES).toString('hex');
  return id === NO_SPAN ? newSpanId() : id;
}
