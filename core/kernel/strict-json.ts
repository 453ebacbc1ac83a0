import { type Fault, ValidationError } from './errors.ts';
import { endOfString, type JsonDocument, type JsonText, parseJson } from './json-text.ts';

/** Of what callers send: objects and arrays within one another. Many a receiver's parser takes no more. */
export const MAX_LEVELS = 200;
/** Of an event as the queue carries it: computed changes, and data that came in base64, stand a few levels deeper. */
export const MAX_CARRIED_LEVELS = 208;

const FORBIDDEN_NAME = '__proto__';
/** One in the other: the way to an object's class, which the parser of HTTP bodies refuses, too. */
const FORBIDDEN_PATH = ['constructor', 'prototype'] as const;

/** More faults, or longer names in their paths, nobody reads: together they would be far larger than what they are of. */
const MAX_FAULTS = 500;
const MAX_NAME_IN_PATH = 256;

/**
 * JSON that somebody outside has written. Refused is what is JSON, and would not mean the same to everyone who reads it:
 * of a name that occurs twice in an object some parsers take the first and others the last, `__proto__` and
 * `constructor.prototype` change what an object is to a careless one, and too many levels exhaust its stack.
 *
 * @throws InvalidJsonError, ValidationError with every fault, up to 500
 */
export function parseStrictJson(source: string, maxLevels = MAX_LEVELS): JsonDocument {
  const document = parseJson(source);
  const faults = ambiguities(document.text, maxLevels);
  if (faults.length > 0) throw ValidationError.of(faults);
  return document;
}

/** An object or array that is being read, and where in it we are. */
interface Level {
  /** Of an object: those that it has had. */
  readonly names: Set<string> | null;
  at: string | number;
}

const pathOf = (levels: readonly Level[]) =>
  levels.map(({ at }) => String(at).slice(0, MAX_NAME_IN_PATH)).join('.');

/** Iterative: nothing is known yet of how deep it goes. */
function ambiguities(text: JsonText, maxLevels: number): Fault[] {
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
    return [{ path: pathOf(open), message: 'is a name that is not allowed' }];
  return isKnown ? [{ path: pathOf(open), message: 'is there twice' }] : [];
}

/** Names the field, in an array the field of an element: the whole path would be as long as it is deep. */
function tooDeep(open: readonly Level[], maxLevels: number): Fault {
  const isInArray = typeof open[0]?.at === 'number';
  return {
    path: pathOf(open.slice(0, isInArray ? 2 : 1)),
    message: `is nested too deeply: the limit is ${maxLevels} levels`,
  };
}
