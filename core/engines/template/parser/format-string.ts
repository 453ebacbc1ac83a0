import type { TemplateSyntaxError } from '../errors.ts';
import type { Expression, FormatPart } from './ast.ts';
import { unescaped } from './lexer.ts';

type Fault = (message: string) => TemplateSyntaxError;

/** How deep fields may stand in the specifiers of fields, as in Python. */
const MAX_DEPTH = 2;

/**
 * Parse what is between the quotes of Python's f-string: text, and fields such as `{doc.total:.2f}`.
 *
 * @param raw whether the escapes are literal text
 * @param parse parses the expression of a field
 * @throws TemplateSyntaxError
 */
export function parseFormat(
  source: string,
  raw: boolean,
  parse: (source: string) => Expression,
  fault: Fault,
): readonly FormatPart[] {
  return new FormatReader(source, raw, parse, fault).parts(0);
}

class FormatReader {
  readonly #source: string;
  readonly #raw: boolean;
  readonly #parse: (source: string) => Expression;
  readonly #fault: Fault;
  #at = 0;

  constructor(source: string, raw: boolean, parse: (source: string) => Expression, fault: Fault) {
    this.#source = source;
    this.#raw = raw;
    this.#parse = parse;
    this.#fault = fault;
  }

  /** Read parts up to the end, or within a specifier up to the brace that closes its field. */
  parts(depth: number): FormatPart[] {
    const parts: FormatPart[] = [];
    let text = '';
    const flush = () => {
      if (text !== '') parts.push(this.#raw ? text : unescaped(text, this.#fault));
      text = '';
    };
    while (this.#at < this.#source.length) {
      const char = this.#source[this.#at] as string;
      const doubled = this.#source[this.#at + 1] === char;
      if (depth > 0 && char === '}') break;
      if ((char === '{' || char === '}') && doubled) {
        text += char;
        this.#at += 2;
      } else if (char === '{') {
        flush();
        parts.push(this.#field(depth));
      } else if (char === '}') throw this.#fault("f-string: single '}' is not allowed");
      else {
        text += char;
        this.#at++;
      }
    }
    flush();
    return parts;
  }

  #field(depth: number): FormatPart {
    if (depth >= MAX_DEPTH) throw this.#fault('f-string: expressions nested too deeply');
    const start = this.#at + 1;
    const end = this.#endOfExpression(start);
    const expression = this.#source.slice(start, end);
    if (expression.trim() === '') throw this.#fault('f-string: empty expression not allowed');
    if (expression.includes('\\')) throw this.#fault('f-string expression part cannot include a backslash');
    this.#at = end;
    let conversion: string | undefined;
    if (this.#source[this.#at] === '!') {
      conversion = this.#source[this.#at + 1] ?? '';
      if (!/^[sra]$/.test(conversion)) throw this.#fault("f-string: expected 's', 'r' or 'a' behind '!'");
      this.#at += 2;
    }
    let spec: readonly FormatPart[] = [];
    if (this.#source[this.#at] === ':') {
      this.#at++;
      spec = this.parts(depth + 1);
    }
    if (this.#source[this.#at] !== '}') throw this.#fault("f-string: expecting '}'");
    this.#at++;
    return { value: this.#parse(expression), conversion, spec };
  }

  /** Return the index of the `!`, `:` or `}` behind an expression, outside of its brackets and strings. */
  #endOfExpression(start: number): number {
    let brackets = 0;
    let quote = '';
    for (let at = start; at < this.#source.length; at++) {
      const char = this.#source[at] as string;
      if (quote !== '') {
        if (char === quote) quote = '';
      } else if (char === "'" || char === '"') quote = char;
      else if (brackets === 0 && this.#ends(char, at)) return at;
      else if ('([{'.includes(char)) brackets++;
      else if (')]}'.includes(char)) brackets--;
    }
    throw this.#fault("f-string: expecting '}'");
  }

  #ends(char: string, at: number): boolean {
    return char === '}' || char === ':' || (char === '!' && this.#source[at + 1] !== '=');
  }
}
