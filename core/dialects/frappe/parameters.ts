import { json } from './document-body.ts';
import { refusal } from './errors.ts';

/** The arguments of a method. Their values may be JSON, or as in queries and forms, text that may hold JSON. */
export class Parameters {
  readonly #given: Readonly<Record<string, unknown>>;

  constructor(given: Readonly<Record<string, unknown>>) {
    this.#given = given;
  }

  /** Return a text; undefined if it is missing or empty. */
  optional(name: string): string | undefined {
    const value = this.#given[name];
    if (value === undefined || value === null || value === '') return undefined;
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  /** @throws FrappeError if it is missing */
  text(name: string): string {
    const text = this.optional(name);
    if (text === undefined) throw refusal(`The argument "${name}" is missing`);
    return text;
  }

  /** Return the value as it was given, which for forms is a text. */
  value(name: string): unknown {
    return this.#given[name];
  }

  /** Return a value that may be given as JSON text. @throws FrappeError if the text is not JSON, or missing */
  json(name: string): unknown {
    const value = this.#given[name];
    return typeof value === 'string' || value === undefined ? json(this.text(name)) : value;
  }

  /** Return the parameters of a list as a query has them. */
  query(): Record<string, string | undefined> {
    return Object.fromEntries(Object.keys(this.#given).map((name) => [name, this.optional(name)]));
  }
}
