import { TemplateSyntaxError } from './errors.ts';
import type { Token, TokenType } from './lexer.ts';

/** How deep brackets, blocks and chains of members may nest. */
const MAX_NESTING = 100;

/** Reads tokens one after another, and counts how deep the parser is. */
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

  /** The last token is the end, which stays. */
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
    const wanted = values.length > 0 ? `'${values.join("' or '")}'` : DESCRIBED[type];
    throw this.error(`expected ${wanted}, got ${this.#found}`);
  }

  unexpected(): TemplateSyntaxError {
    return this.error(`unexpected ${this.#found}`);
  }

  error(message: string, line = this.current.line): TemplateSyntaxError {
    return new TemplateSyntaxError(message, line);
  }

  /** A level deeper while this runs: recursion in the parser, and in whatever later walks the tree, is bounded. */
  nested<T>(parse: () => T): T {
    if (++this.#depth > MAX_NESTING) throw this.error(`is nested more than ${MAX_NESTING} deep`);
    const parsed = parse();
    this.#depth--;
    return parsed;
  }

  /** Refuses the next link of a chain, such as `.a.b.c`, that is too long. */
  link(length: number): void {
    if (length > MAX_NESTING) throw this.error(`a chain has more than ${MAX_NESTING} links`);
  }

  get #found(): string {
    const { type, value } = this.current;
    return type === 'string' || DESCRIBED[type] !== undefined ? (DESCRIBED[type] as string) : `'${value}'`;
  }
}

const DESCRIBED: Partial<Record<TokenType, string>> = {
  text: 'text',
  output: "'{{'",
  outputEnd: "'}}'",
  tag: "'{%'",
  tagEnd: "'%}'",
  string: 'a string',
  end: 'the end',
};
