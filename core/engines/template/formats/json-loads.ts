import { JsonTextError } from '../errors.ts';
import { MAX_DATA_DEPTH, SCAN, STEP, type StepMeter } from '../step-meter.ts';
import { KeyMap } from '../values/keys.ts';
import { Dict, List, type Value } from '../values/values.ts';
import { numberValue } from './json-value.ts';

/**
 * Python's `json.loads`, which accepts NaN and Infinity besides JSON. A duplicate key has the last value at the first position.
 *
 * @param number returns the value of a number literal
 * @throws JsonTextError in Python's words
 */
export function loads(text: string, meter: Pick<StepMeter, 'spend'>, number = numberValue): Value {
  meter.spend(text.length * SCAN);
  return new JsonReader(text, meter, number).document();
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** A text up to its quote. In JSON, control characters are escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes them
const TEXT = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const WORDS: readonly (readonly [string, Value])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];

class JsonReader {
  readonly #text: string;
  readonly #meter: Pick<StepMeter, 'spend'>;
  readonly #number: (literal: string) => Value;
  #at = 0;

  constructor(text: string, meter: Pick<StepMeter, 'spend'>, number: (literal: string) => Value) {
    this.#text = text;
    this.#meter = meter;
    this.#number = number;
  }

  document(): Value {
    const value = this.#value(0);
    this.#match(SPACE);
    if (this.#at < this.#text.length) throw this.#error('Extra data');
    return value;
  }

  #value(depth: number): Value {
    if (depth > MAX_DATA_DEPTH) throw this.#error(`is nested more than ${MAX_DATA_DEPTH} deep`);
    this.#match(SPACE);
    this.#meter.spend(STEP);
    const char = this.#text[this.#at];
    if (char === '{') return this.#mapping(depth);
    if (char === '[') return this.#list(depth);
    if (char === '"') return this.#string();
    const word = WORDS.find(([each]) => this.#text.startsWith(each, this.#at));
    if (word !== undefined) {
      this.#at += word[0].length;
      return word[1];
    }
    const number = this.#match(NUMBER);
    if (number === '') throw this.#error('Expecting value');
    return this.#number(number);
  }

  #mapping(depth: number): Dict {
    const entries = new KeyMap<Value>();
    this.#at++;
    this.#match(SPACE);
    if (!this.#skip('}')) {
      do {
        this.#match(SPACE);
        if (this.#text[this.#at] !== '"')
          throw this.#error('Expecting property name enclosed in double quotes');
        const key = this.#string();
        this.#match(SPACE);
        if (!this.#skip(':')) throw this.#error("Expecting ':' delimiter");
        entries.set(key, this.#value(depth + 1));
        this.#match(SPACE);
      } while (this.#skip(','));
      if (!this.#skip('}')) throw this.#error("Expecting ',' delimiter");
    }
    return new Dict(entries);
  }

  #list(depth: number): List {
    const items: Value[] = [];
    this.#at++;
    this.#match(SPACE);
    if (!this.#skip(']')) {
      do {
        items.push(this.#value(depth + 1));
        this.#match(SPACE);
      } while (this.#skip(','));
      if (!this.#skip(']')) throw this.#error("Expecting ',' delimiter");
    }
    return new List(items);
  }

  #string(): string {
    const literal = this.#match(TEXT);
    if (literal === '') throw this.#error('Invalid string');
    return literal.includes('\\') ? JSON.parse(literal) : literal.slice(1, -1);
  }

  #skip(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ''] = pattern.exec(this.#text) ?? [];
    this.#at += found.length;
    return found;
  }

  #error(what: string): JsonTextError {
    const before = this.#text.slice(0, this.#at);
    const line = before.split('\n').length;
    const column = this.#at - before.lastIndexOf('\n');
    return new JsonTextError(`${what}: line ${line} column ${column} (char ${this.#at})`, this.#at);
  }
}
