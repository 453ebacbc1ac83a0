import { TemplateSyntaxError } from '../errors.ts';
import type { Token, TokenType } from './lexer.ts';

/** The nesting of brackets and blocks, and the length of a chain of members. */
const MAX_NESTING = 100;

/** Reads tokens one after another and bounds the depth of the parser. */
export class TokenStream {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get current(): Token {
    return this.#tokens[this.#at] as Token;
  }

  get following(): Token {
    return this.#tokens[Math.min(this.#at + 1, this.#tokens.length - 1)] as Token;
  }

  /** Return the current token and advance. The stream stays at its end token. */
  next(): Token {
    const token = this.current;
    if (token.type !== 'end') this.#at++;
    return token;
  }

  is(type: TokenType, ...values: readonly string[]): boolean {
    const token = this.current;
    return token.type === type && (values.length === 0 || values.includes(token.value));
  }

  skip(type: TokenType, ...values: readonly string[]): boolean {
    if (!this.is(type, ...values)) return false;
    this.next();
    return true;
  }

  expect(type: TokenType, ...values: readonly string[]): Token {
    if (this.is(type, ...values)) return this.next();
    const expected = values.length > 0 ? `'${values.join("' or '")}'` : EXPECTED[type];
    throw this.error(`expected ${expected}, got ${this.#found}`);
  }

  unexpected(): TemplateSyntaxError {
    return this.error(this.is('end') ? 'unexpected end' : `unexpected ${this.#found}`);
  }

  error(message: string, line = this.current.line): TemplateSyntaxError {
    return new TemplateSyntaxError(message, line);
  }

  /** Parse a level deeper. The limit bounds recursion in the parser and in everything that walks the tree later. */
  nested<T>(parse: () => T): T {
    if (++this.#depth > MAX_NESTING) throw this.error(`is nested more than ${MAX_NESTING} deep`);
    const parsed = parse();
    this.#depth--;
    return parsed;
  }

  /** Check the length of a chain such as `.a.b.c`. */
  link(length: number): void {
    if (length > MAX_NESTING) throw this.error(`a chain has more than ${MAX_NESTING} links`);
  }

  get #found(): string {
    const { type, value } = this.current;
    return DESCRIBED[type] ?? `'${value}'`;
  }
}

const EXPECTED: Readonly<Record<TokenType, string>> = {
  text: 'text',
  output: "'{{'",
  outputEnd: "'}}'",
  tag: "'{%'",
  tagEnd: "'%}'",
  name: 'a name',
  string: 'a string',
  bytes: 'bytes',
  format: 'a string',
  integer: 'a number',
  float: 'a number',
  operator: 'an operator',
  end: 'the end',
};

const DESCRIBED: Partial<Record<TokenType, string>> = {
  text: 'text',
  output: "'{{'",
  outputEnd: "'}}'",
  tag: "'{%'",
  tagEnd: "'%}'",
  string: 'a string',
  bytes: 'a string',
  format: 'a string',
  end: 'the end',
};
