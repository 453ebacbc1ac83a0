import { NO_LENGTH, TransportFailureError, TWO_FRAMINGS } from './transport-failure.ts';

/** The head of a response as node's strict parser accepts it. */
export interface ResponseHead {
  /** The status line, the fields and the empty line, one character per byte. */
  readonly text: string;
  readonly isInformational: boolean;
  /** Whether bytes of this response may follow where the next one should begin. */
  readonly endsConnection: boolean;
}

/** Visible characters, spaces, tabs and bytes beyond ASCII (RFC 9110, 5.5). */
const VALUE = String.raw`[\t\x20-\x7e\x80-\xff]*`;
const NAME = String.raw`[!#$%&'*+\-.^_\x60|~\w]+`;
const WELL_FORMED = new RegExp(
  String.raw`^HTTP/1\.[01] ([1-9]\d\d)(?: ${VALUE})?\r\n(?:${NAME}:${VALUE}\r\n)*\r\n$`,
);
const FRAMING = /\n(?:content-length|transfer-encoding)(:[ \t]*0*\r)?/gi;

/** A `content-length` with a list. */
const LENGTHS = /\ncontent-length:[^\r]*,/i;

/** Some servers name a version that they do not speak, and 1.x may be read as 1.1 (RFC 9110, 2.5). */
const STATUS_LINE = new RegExp(
  String.raw`^HTTP/(?:(1\.[1-9])|0\.9|1\.0|2(?:\.0)?)[ \t]+([1-9]\d\d)(?:[ \t](${VALUE}))?$`,
);
const FIELD = new RegExp(`^(${NAME})[ \t]*:(${VALUE})$`);
/** Two CRs come from scripts that print CRLF to a stream that translates line ends. */
const LINE_END = /\r{0,2}\n/;
/** A line break within a field (obs-fold: RFC 9112, 5.2). */
const FOLD = /\r{0,2}\n[ \t]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them.
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/;
/** Statuses whose responses have no body, whatever their fields say (RFC 9112, 6.3). */
const WITHOUT_BODY = /^(?:1\d\d|204|304)$/;

/**
 * Return a head in the form that node's parser accepts. One that a client should understand is rewritten: fields are unfolded,
 * line ends completed, equal values of `content-length` joined (RFC 9112, 6.3), and lines that are no fields are dropped.
 *
 * @param text the head with its empty line, one character per byte
 * @throws TransportFailureError if it does not say where the response ends, or has control characters
 */
export function readHead(text: string): ResponseHead {
  const status = WELL_FORMED.exec(text)?.[1];
  const framing = text.match(FRAMING) ?? [];
  if (status === undefined || framing.length > 1 || LENGTHS.test(text)) return rewrite(text);
  const [announced] = framing;
  return {
    text,
    isInformational: isInformational(status),
    endsConnection: WITHOUT_BODY.test(status) && announced !== undefined && !announced.endsWith('\r'),
  };
}

function rewrite(text: string): ResponseHead {
  const [first = '', ...lines] = text.replace(FOLD, ' ').split(LINE_END);
  const [, modern, status, reason = ''] = STATUS_LINE.exec(first) ?? [];
  if (status === undefined) throw refused(NO_STATUS_LINE);
  if (lines.some((line) => CONTROL.test(line))) throw refused('a response header has a control character');
  const fields = lines.flatMap(readField);
  const valuesOf = (name: string) => fields.filter((field) => field.is(name)).map(({ value }) => value);
  const length = agreedLength(valuesOf('content-length'));
  if (length !== null && valuesOf('transfer-encoding').length > 0) throw refused(TWO_FRAMINGS);
  const head = [
    `HTTP/${modern === undefined ? '1.0' : '1.1'} ${status} ${reason.trim()}`,
    ...fields.filter((field) => !field.is('content-length')).map(({ name, value }) => `${name}: ${value}`),
    ...(length === null ? [] : [`content-length: ${length}`]),
  ];
  return {
    text: `${head.join('\r\n')}\r\n\r\n`,
    isInformational: isInformational(status),
    endsConnection: true,
  };
}

const isInformational = (status: string) => status.startsWith('1');

interface Field {
  readonly name: string;
  readonly value: string;
  is(name: string): boolean;
}

/** Read a line, which is dropped if it is no field. So is the encoding `identity`, which HTTP/1.1 once had (RFC 2616, 3.6). */
function readField(line: string): Field[] {
  const [, name, value] = FIELD.exec(line) ?? [];
  if (name === undefined || value === undefined) return [];
  const field = { name, value: value.trim(), is: (other: string) => name.toLowerCase() === other };
  return field.is('transfer-encoding') && /^identity$/i.test(field.value) ? [] : [field];
}

/** Return the length that all values name, each of which may be a list; null if there are none. */
function agreedLength(values: readonly string[]): string | null {
  const lengths = new Set(values.flatMap((value) => value.split(',').map((each) => each.trim())));
  const [length = null] = lengths;
  if (lengths.size > 1) throw refused('the response has more than one content-length');
  if (length !== null && !/^\d+$/.test(length)) throw refused(NO_LENGTH);
  return length;
}

export const NO_STATUS_LINE = 'the response does not begin with a status line of HTTP/1.1';

const refused = (detail: string) => new TransportFailureError('connection', detail);
