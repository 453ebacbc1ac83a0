import { TemplateSyntaxError } from '../errors.ts';
import { isSpace, strip } from '../values/text.ts';

export type TokenType =
  | 'text'
  | 'output'
  | 'outputEnd'
  | 'tag'
  | 'tagEnd'
  | 'name'
  | 'string'
  | 'bytes'
  | 'format'
  | 'integer'
  | 'float'
  | 'operator'
  | 'end';

export interface Token {
  readonly type: TokenType;
  /** The token's text; for a string, its value; for an f-string, what is between its quotes. */
  readonly value: string;
  /** Whether the escapes of an f-string are literal text. */
  readonly raw?: boolean;
  readonly line: number;
}

/** Split a template into text and the tokens of `{{ … }}` and `{% … %}`, without comments and with raw blocks as text. */
export function templateTokens(source: string): Token[] {
  return new Lexer(source.replace(/\r\n?/g, '\n').replace(/\n$/, ''), 'jinja').template();
}

/** Split a Python expression into tokens. */
export function expressionTokens(source: string): Token[] {
  return new Lexer(source, 'python').expression();
}

/** Compiling takes one or two microseconds per token. */
const MAX_TOKENS = 20_000;

const PYTHON_NUMBER =
  /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y;
const NUMBER = /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d[\d_]*)?/y;
/** The number after a dot is an index: `a.1.2` is an element of an element. */
const INDEX = /\d+/y;
const NAME = /[\p{ID_Start}_]\p{ID_Continue}*/uy;
const OPERATOR = /\*\*|\/\/|==|!=|<=|>=|:=|[-+*/%~[\](){}<>=.:|,;]/y;
const PYTHON_OPERATOR = /\*\*|\/\/|==|!=|<=|>=|:=|<<|>>|[-+*/%~[\](){}<>=.:|,;&^@]/y;
/** A string literal's prefix and its opening quotes. */
const PYTHON_STRING = /([rRbBuUfF]{0,2})('''|"""|'|")/y;
const PREFIX = /^(?:|r|u|b|f|br|rb|fr|rf)$/i;
const RAW = /\{%[-+]?\s*raw\s*(-?)%\}/y;
const END_RAW = /\{%([-+]?)\s*endraw\s*([-+]?)%\}/y;

class Lexer {
  readonly #source: string;
  readonly #grammar: 'jinja' | 'python';
  readonly #tokens: Token[] = [];
  #at = 0;
  #line = 1;
  /** The number of open brackets, within which `}}` does not end an expression. */
  #brackets = 0;

  constructor(source: string, grammar: 'jinja' | 'python') {
    this.#source = source;
    this.#grammar = grammar;
  }

  template(): Token[] {
    while (this.#at < this.#source.length) {
      const start = this.#nextOpening();
      const text = this.#source.slice(this.#at, start);
      const trimmed = this.#source[start + 2] === '-' ? strip(text, undefined, 'right') : text;
      if (trimmed !== '') this.#push('text', trimmed);
      this.#advance(start - this.#at);
      if (this.#at < this.#source.length) this.#opening();
    }
    this.#push('end', '');
    return this.#tokens;
  }

  expression(): Token[] {
    for (this.#skipBetween(); this.#at < this.#source.length; this.#skipBetween()) this.#token();
    this.#push('end', '');
    return this.#tokens;
  }

  #nextOpening(): number {
    for (let at = this.#source.indexOf('{', this.#at); at >= 0; at = this.#source.indexOf('{', at + 1)) {
      if (OPENINGS.has(this.#source[at + 1] ?? '')) return at;
    }
    return this.#source.length;
  }

  #opening(): void {
    const kind = this.#source[this.#at + 1];
    const raw = kind === '%' ? this.#match(RAW) : null;
    if (kind === '#') this.#comment();
    else if (raw !== null) this.#raw(raw);
    else this.#inside(kind === '{' ? '{' : '%');
  }

  /** Read `{{ … }}` or `{% … %}`. */
  #inside(kind: '{' | '%'): void {
    const close = kind === '{' ? '}}' : '%}';
    this.#push(kind === '{' ? 'output' : 'tag', '');
    const { line } = this.#tokens.at(-1) as Token;
    this.#advance(/[-+]/.test(this.#source[this.#at + 2] ?? '') ? 3 : 2);
    this.#brackets = 0;
    for (;;) {
      this.#skipSpaces();
      if (this.#at >= this.#source.length) {
        this.#line = line;
        throw this.#error(kind === '{' ? "'{{' is not closed" : "'{%' is not closed");
      }
      if (this.#brackets === 0) {
        const trims = this.#source.startsWith(`-${close}`, this.#at);
        const keeps = kind === '%' && this.#source.startsWith('+%}', this.#at);
        if (trims || keeps || this.#source.startsWith(close, this.#at)) {
          this.#push(kind === '{' ? 'outputEnd' : 'tagEnd', '');
          this.#advance(trims || keeps ? 3 : 2);
          if (trims) this.#skipSpaces();
          return;
        }
      }
      this.#token();
    }
  }

  #comment(): void {
    const end = this.#source.indexOf('#}', this.#at + 2);
    if (end < 0) throw this.#error('Missing end of comment tag');
    const trims = this.#source[end - 1] === '-' && end - 1 > this.#at + 1;
    this.#advance(end + 2 - this.#at);
    if (trims) this.#skipSpaces();
  }

  #raw(opening: RegExpExecArray): void {
    const line = this.#line;
    this.#advance(opening[0].length);
    if (opening[1] === '-') this.#skipSpaces();
    for (let at = this.#source.indexOf('{%', this.#at); at >= 0; at = this.#source.indexOf('{%', at + 2)) {
      END_RAW.lastIndex = at;
      const closing = END_RAW.exec(this.#source);
      if (closing === null) continue;
      const text = this.#source.slice(this.#at, at);
      const kept = closing[1] === '-' ? strip(text, undefined, 'right') : text;
      if (kept !== '') this.#push('text', kept);
      this.#advance(at + closing[0].length - this.#at);
      if (closing[2] === '-') this.#skipSpaces();
      return;
    }
    this.#line = line;
    throw this.#error('Missing end of raw directive');
  }

  #token(): void {
    const char = this.#source[this.#at] as string;
    if (this.#grammar === 'python') {
      const opening = this.#match(PYTHON_STRING);
      if (opening !== null && PREFIX.test(opening[1] as string)) {
        this.#pythonString(opening[1] as string, opening[2] as string);
        return;
      }
    }
    if (char === "'" || char === '"') this.#string(char);
    else if (/\d/.test(char) || (this.#grammar === 'python' && this.#match(/\.\d/y))) this.#number();
    else this.#nameOrOperator(char);
  }

  #number(): void {
    const previous = this.#tokens.at(-1);
    const afterDot = previous?.type === 'operator' && previous.value === '.';
    const pattern = this.#grammar === 'python' ? PYTHON_NUMBER : afterDot ? INDEX : NUMBER;
    const [number] = this.#match(pattern) as RegExpExecArray;
    const literal = number.replaceAll('_', '');
    const float = !/^0[xob]/i.test(literal) && /[.e]/i.test(literal);
    this.#take(number, float ? 'float' : 'integer', literal);
  }

  #nameOrOperator(char: string): void {
    const name = this.#match(NAME);
    if (name !== null) {
      this.#take(name[0], 'name');
      return;
    }
    const operator = this.#match(this.#grammar === 'python' ? PYTHON_OPERATOR : OPERATOR);
    if (operator === null || (operator[0] === ':=' && this.#grammar === 'jinja'))
      throw this.#error(`unexpected char ${JSON.stringify(char)}`);
    if ('([{'.includes(operator[0])) this.#brackets++;
    if (')]}'.includes(operator[0]) && --this.#brackets < 0) throw this.#error(`unexpected '${operator[0]}'`);
    this.#take(operator[0], 'operator');
  }

  #string(quote: string): void {
    const end = this.#endOfString(this.#at + 1, quote);
    this.#push('string', this.#unescaped(this.#source.slice(this.#at + 1, end)));
    this.#advance(end + 1 - this.#at);
  }

  #endOfString(start: number, quote: string): number {
    let end = start;
    while (end < this.#source.length && !this.#source.startsWith(quote, end))
      end += this.#source[end] === '\\' ? 2 : 1;
    if (end >= this.#source.length) throw this.#error('a string is not closed');
    return end;
  }

  #pythonString(prefix: string, quote: string): void {
    const start = this.#at + prefix.length + quote.length;
    const end = this.#endOfString(start, quote);
    const inner = this.#source.slice(start, end);
    const raw = /r/i.test(prefix);
    if (/f/i.test(prefix)) this.#push('format', inner, raw);
    else this.#push(/b/i.test(prefix) ? 'bytes' : 'string', raw ? inner : this.#unescaped(inner));
    this.#advance(end + quote.length - this.#at);
  }

  #unescaped(raw: string): string {
    return unescaped(raw, (message) => this.#error(message));
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#source);
  }

  #take(text: string, type: TokenType, value = text): void {
    this.#push(type, value);
    this.#at += text.length;
  }

  #push(type: TokenType, value: string, raw = false): void {
    if (this.#tokens.length >= MAX_TOKENS) throw this.#error(`has more than ${MAX_TOKENS} tokens`);
    this.#tokens.push({ type, value, line: this.#line, ...(raw && { raw }) });
  }

  #advance(length: number): void {
    const end = this.#at + length;
    for (; this.#at < end; this.#at++) if (this.#source.charCodeAt(this.#at) === NEWLINE) this.#line++;
  }

  #skipSpaces(): void {
    let length = 0;
    while (isSpace(this.#source.charCodeAt(this.#at + length))) length++;
    if (length > 0) this.#advance(length);
  }

  /** Skip spaces, comments and continued lines of Python. */
  #skipBetween(): void {
    for (;;) {
      this.#skipSpaces();
      const skipped = this.#match(/#.*|\\\r?\n/y);
      if (skipped === null) return;
      this.#advance(skipped[0].length);
    }
  }

  #error(message: string): TemplateSyntaxError {
    return new TemplateSyntaxError(message, this.#line);
  }
}

const NEWLINE = 0x0a;
const OPENINGS = new Set(['{', '%', '#']);

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** Decode the escapes of a Python string literal. Unknown escapes are kept. */
export function unescaped(raw: string, error: (message: string) => TemplateSyntaxError): string {
  return raw.replace(
    /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gs,
    (whole, octal, x, u, wide, other) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      const hex = x ?? u ?? wide;
      if (hex !== undefined) {
        const code = Number.parseInt(hex, 16);
        if (code > 0x10ffff) throw error('a string has an escape beyond U+10FFFF');
        return String.fromCodePoint(code);
      }
      if ('xuUN'.includes(other)) throw error(`a string has an incomplete escape \\${other}`);
      return SIMPLE.get(other) ?? whole;
    },
  );
}
