import { RequestError } from './errors.ts';

/**
 * JSON kept as text, so that subscribers receive what the publisher wrote: `JSON.parse` would turn 12345678901234567890 into
 * 12345678901234567000 and 1.10 into 1.1, and would move a key such as "10" before a key such as "a". Only white space
 * between tokens is dropped, and U+FFFE and U+FFFF, which SQS rejects, become escapes.
 */
export type JsonText = string & { readonly __json: unique symbol };

export class InvalidJsonError extends RequestError {
  override readonly name = 'InvalidJsonError';
  readonly status = 422;
  readonly title = 'Not JSON';
}

/** A JSON document: its JavaScript value to check, and its text to pass on. */
export interface JsonDocument {
  readonly value: unknown;
  readonly text: JsonText;
}

/** Parse a JSON document. @throws InvalidJsonError with the position of the fault */
export function parseJson(source: string): JsonDocument {
  try {
    return { value: JSON.parse(source), text: compactText(source) };
  } catch (error) {
    throw new InvalidJsonError(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Return the text of a document that a parser has accepted. */
export const compactText = (validJson: string): JsonText => escapeNoncharacters(compact(validJson));

/** Serialise a JavaScript value. */
export function toJsonText(value: unknown): JsonText {
  return escapeNoncharacters(JSON.stringify(value));
}

/** Return whether the value of a text is an object. */
export const isObjectText = (text: JsonText): boolean => text[0] === '{';

/**
 * Return the members of an object's text in order. As in `JSON.parse`, the last member of a duplicate key wins.
 *
 * @throws InvalidJsonError if the text is not an object or is truncated
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
 * Return the elements of an array's text.
 *
 * @throws InvalidJsonError if the text is not an array or is truncated
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

/** Join the texts of members into an object's text, leaving out undefined ones. */
export function objectText(members: Readonly<Record<string, JsonText | undefined>>): JsonText {
  const parts = Object.entries(members).filter(([, text]) => text !== undefined);
  return `{${parts.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}` as JsonText;
}

/** Serialise a JavaScript object that is not empty, and append members that are already text. */
export const extendedText = (
  object: object,
  members: Readonly<Record<string, JsonText | undefined>>,
): JsonText => `${toJsonText(object).slice(0, -1)},${objectText(members).slice(1)}` as JsonText;

/** Join the texts of elements into an array's text. */
export const arrayText = (elements: readonly JsonText[]): JsonText => `[${elements.join()}]` as JsonText;

/** Escape noncharacters. In valid JSON they occur only in strings, where the escape means the same. */
function escapeNoncharacters(json: string): JsonText {
  return json.replace(/[\uFFFE\uFFFF]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`) as JsonText;
}

/** Drop the white space between the tokens of valid JSON. */
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

/** Return where the value that starts here ends, in valid, compact JSON. Iterative: nesting may be 100,000 levels deep. */
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

/** Return where the string that starts here ends, in valid JSON. */
export function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    if (at === -1) throw new InvalidJsonError('This is not JSON: unterminated string.');
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
}
