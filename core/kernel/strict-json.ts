import { type Fault, ValidationError } from './errors.ts';
import { endOfString, type JsonDocument, type JsonText, parseJson } from './json-text.ts';

/** The nesting that callers may send. Many receivers' parsers accept no more. */
export const MAX_LEVELS = 200;
/** The nesting of an event on the queue, where computed changes and base64-encoded data are a few levels deeper. */
export const MAX_CARRIED_LEVELS = 208;

const FORBIDDEN_NAME = '__proto__';
/** This path leads to an object's class. The parser of HTTP bodies rejects it too. */
const FORBIDDEN_PATH = ['constructor', 'prototype'] as const;

/** Unbounded, the faults could be far larger than the text that has them. */
const MAX_FAULTS = 500;
const MAX_NAME_IN_PATH = 256;

/**
 * Parse JSON from outside, and reject JSON that parsers disagree about: some take the first and others the last member of a
 * duplicate name, `__proto__` and `constructor.prototype` pollute the prototypes of careless ones, and deep nesting exhausts
 * their stack.
 *
 * @throws InvalidJsonError, ValidationError with every fault, up to 500
 */
export function parseStrictJson(source: string, maxLevels = MAX_LEVELS): JsonDocument {
  const document = parseJson(source);
  const faults = strictJsonFaults(document.text, maxLevels);
  if (faults.length > 0) throw ValidationError.of(faults);
  return document;
}

/** An object or array that is being read, and the position in it. */
interface Level {
  /** The names that an object has had so far; null for an array. */
  readonly names: Set<string> | null;
  at: string | number;
}

const pathOf = (levels: readonly Level[]) =>
  levels.map(({ at }) => String(at).slice(0, MAX_NAME_IN_PATH)).join('.');

/** Return what {@link parseStrictJson} rejects in a text that is JSON. Iterative, because it may be nested very deeply. */
export function strictJsonFaults(text: JsonText, maxLevels = MAX_LEVELS): Fault[] {
  const faults: Fault[] = [];
  const open: Level[] = [];
  let isName = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      const end = endOfString(text, at);
      if (isName) faults.push(...nameFaults(open, JSON.parse(text.slice(at, end))));
      if (faults.length >= MAX_FAULTS) return faults;
      isName = false;
      at = end - 1;
    } else if (char === '{' || char === '[') {
      if (open.length === maxLevels) return [...faults, tooDeep(open, maxLevels)];
      isName = char === '{';
      open.push(isName ? { names: new Set(), at: '' } : { names: null, at: 0 });
    } else if (char === '}' || char === ']') {
      isName = false;
      open.pop();
    } else if (char === ',') {
      const level = open.at(-1);
      if (typeof level?.at === 'number') level.at++;
      else isName = true;
    }
  }
  return faults;
}

function nameFaults(open: readonly Level[], name: string): Fault[] {
  const level = open.at(-1) as Level;
  const isKnown = level.names?.has(name);
  level.names?.add(name);
  level.at = name;
  const [outer, inner] = FORBIDDEN_PATH;
  if (name === FORBIDDEN_NAME || (name === inner && open.at(-2)?.at === outer))
    return [{ path: pathOf(open), message: 'is not an allowed name' }];
  return isKnown ? [{ path: pathOf(open), message: 'is a duplicate name' }] : [];
}

/** Return a fault with a short path: the top-level field, or the field of an element if the document is an array. */
function tooDeep(open: readonly Level[], maxLevels: number): Fault {
  const isInArray = typeof open[0]?.at === 'number';
  return {
    path: pathOf(open.slice(0, isInArray ? 2 : 1)),
    message: `is nested too deeply: the limit is ${maxLevels} levels`,
  };
}
