import type { JsonText } from '../../../kernel/json-text.ts';
import { KeyMap } from '../values/keys.ts';
import { MAX_DIGITS } from '../values/numbers.ts';
import { Dict, List, type Value } from '../values/values.ts';

/**
 * Parse JSON like Python's `json.loads`: ints stay exact, 50000.0 stays a float, and keys keep their order. An int of more than
 * 300 digits becomes a float (Python rejects more than 4300). The result is published data: it cannot be changed, and a missing
 * field is None.
 */
export function jsonValue(text: JsonText): Value {
  return readJson(text, numberValue);
}

/** Read a number literal of JSON as Python does. */
export function numberValue(literal: string): Value {
  return literal.length <= MAX_DIGITS && /^-?\d+$/.test(literal) ? BigInt(literal) : Number(literal);
}

/** Parse JSON text, which is valid and compact by its type. Iterative, because it may be nested 100,000 levels deep. */
export function readJson(text: JsonText, number: (literal: string) => Value): Value {
  const open: (List | Dict)[] = [];
  const keys: string[] = [];
  let at = 0;

  const readString = (): string => {
    const start = at;
    let escaped = false;
    for (at++; text.charCodeAt(at) !== QUOTE; at++) {
      if (text.charCodeAt(at) !== BACKSLASH) continue;
      escaped = true;
      at++;
    }
    at++;
    return escaped ? JSON.parse(text.slice(start, at)) : text.slice(start + 1, at - 1);
  };

  const readKey = () => {
    keys.push(readString());
    at++;
  };

  const readScalar = (): Value => {
    if (text.charCodeAt(at) === QUOTE) return readString();
    const start = at;
    while (at < text.length && !',]}'.includes(text[at] as string)) at++;
    const literal = text.slice(start, at);
    if (literal === 'null') return null;
    if (literal === 'true') return true;
    return literal === 'false' ? false : number(literal);
  };

  for (;;) {
    const char = text[at];
    let value: Value;
    if (char === '{' || char === '[') {
      const container = char === '{' ? new Dict(new KeyMap(), true) : new List([], { published: true });
      at++;
      if (text[at] !== '}' && text[at] !== ']') {
        open.push(container);
        if (container instanceof Dict) readKey();
        continue;
      }
      at++;
      value = container;
    } else value = readScalar();
    // Add the value to its parent, and close the containers that end with it.
    for (;;) {
      const parent = open.at(-1);
      if (parent === undefined) return value;
      if (parent instanceof List) parent.items.push(value);
      else parent.entries.set(keys.pop() as string, value);
      if (text[at++] === ',') {
        if (parent instanceof Dict) readKey();
        break;
      }
      open.pop();
      value = parent;
    }
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
