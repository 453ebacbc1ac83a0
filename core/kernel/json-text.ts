import { RequestError } from './errors.ts';

/**
 * JSON kept as text, so that what a publisher wrote is what arrives: `JSON.parse` would turn 12345678901234567890
 * into 12345678901234567000, 1.10 into 1.1, and would put a key such as "10" before a key such as "a".
 * Only white space between tokens is dropped, and U+FFFE and U+FFFF, which SQS refuses, become their escapes.
 */
export type JsonText = string & { readonly __json: unique symbol };

export class InvalidJsonError extends RequestError {
  override readonly name = 'InvalidJsonError';
  readonly status = 422;
  readonly title = 'Not JSON';
}

/** A JSON document: its value as JavaScript sees it, for checks, and the text to pass on. */
export interface JsonDocument {
  readonly value: unknown;
  readonly text: JsonText;
}

/** @throws InvalidJsonError with the position of the fault */
export function parseJson(source: string): JsonDocument {
  try {
    return { value: JSON.parse(source), text: compactText(source) };
  } catch (error) {
    throw new InvalidJsonError(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Return the text of a document that a parser has accepted. */
export const compactText = (validJson: string): JsonText => escapeNoncharacters(compact(validJson));

/** The text of a JavaScript value. */
export function toJsonText(value: unknown): JsonText {
  return escapeNoncharacters(JSON.stringify(value));
}

/**
 * Members of an object's text, in their order. Of a key that occurs twice the last counts, as in `JSON.parse`.
 *
 * @throws InvalidJsonError if the text is no object's, or ends too early
 */
export function membersOf(object: JsonText): Map<string, JsonText> {
  const members = new Map<string, JsonText>();
  if (object[0] !== '{') throw new InvalidJsonError('This is not a JSON object.');
  let at = 1;
  while (object[at] !== '}') {
    if (object[at] !== '"')
      throw new InvalidJsonError(`This is not a JSON object: no key at position ${at}.`);
    const keyEnd = endOfValue(object, at);
    const valueEnd = endOfValue(object, keyEnd + 1);
    members.set(JSON.parse(object.slice(at, keyEnd)), object.slice(keyEnd + 1, valueEnd) as JsonText);
    at = object[valueEnd] === ',' ? valueEnd + 1 : valueEnd;
  }
  return members;
}

/**
 * Elements of an array's text.
 *
 * @throws InvalidJsonError if the text is no array's, or ends too early
 */
export function elementsOf(array: JsonText): JsonText[] {
  const elements: JsonText[] = [];
  if (array[0] !== '[') throw new InvalidJsonError('This is not a JSON array.');
  let at = 1;
  while (array[at] !== ']') {
    const end = endOfValue(array, at);
    if (end === at) throw new InvalidJsonError(`This is not a JSON array: no value at position ${at}.`);
    elements.push(array.slice(at, end) as JsonText);
    at = array[end] === ',' ? end + 1 : end;
  }
  return elements;
}

/** An object's text from the texts of its members; those that are undefined are left out. */
export function objectText(members: Readonly<Record<string, JsonText | undefined>>): JsonText {
  const parts = Object.entries(members).filter(([, text]) => text !== undefined);
  return `{${parts.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}` as JsonText;
}

/** The text of a JavaScript object, followed by members that are texts; it has some of its own. */
export const extendedText = (
  object: object,
  members: Readonly<Record<string, JsonText | undefined>>,
): JsonText => `${toJsonText(object).slice(0, -1)},${objectText(members).slice(1)}` as JsonText;

/** An array's text from the texts of its elements. */
export const arrayText = (elements: readonly JsonText[]): JsonText => `[${elements.join()}]` as JsonText;

/** These can only stand in strings, where their escapes mean the same. */
function escapeNoncharacters(json: string): JsonText {
  return json.replace(/[\uFFFE\uFFFF]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`) as JsonText;
}

/** Drops the white space between tokens of valid JSON. */
function compact(source: string): string {
  let text = '';
  let kept = 0;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === QUOTE) at = endOfString(source, at) - 1;
    else if (code <= SPACE) {
      text += source.slice(kept, at);
      kept = at + 1;
    }
  }
  return kept === 0 ? source : text + source.slice(kept);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Where the value that starts here ends, in valid and compact JSON. Iterative: nesting may be 100,000 deep. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at) - 1;
        if (depth === 0) return at + 1;
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        depth++;
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        if (depth === 0) return at;
        depth--;
        if (depth === 0) return at + 1;
        break;
      case COMMA:
      case COLON:
        if (depth === 0) return at;
    }
  }
  return text.length;
}

/** Where the string that starts here ends, in valid JSON. */
export function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    if (at === -1) throw new InvalidJsonError('This is not JSON: a string does not end.');
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
}
