import { MAX_DIGITS } from '../values/numbers.ts';
import { Bytes } from '../values/values.ts';
import type {
  Comprehension,
  Expression,
  FilterCall,
  FormatPart,
  Operand,
  Parameter,
  Passed,
  Target,
} from './ast.ts';
import { parseFormat } from './format-string.ts';
import { expressionTokens, type Token } from './lexer.ts';
import type { Access } from './refused-calls.ts';
import { TokenStream } from './token-stream.ts';

/** The language of an expression, and the filters and tests that it may use. */
export interface Grammar {
  /**
   * Whether to parse Python instead of Jinja. In Python, `**` is right-associative and binds tighter than a sign, `is` means
   * identity unless it introduces a test, `|` combines bits unless it introduces a filter, and `~` inverts them.
   */
  readonly python: boolean;
  readonly filters: ReadonlyMap<string, unknown>;
  readonly tests: ReadonlyMap<string, unknown>;
  /** Called for each attribute and each call. */
  onAccess?(node: Access, line: number): void;
  /** Called for each name, attribute and static key that is read, and for each name that is bound. */
  onName?(name: string, kind: 'name' | 'member' | 'bound'): void;
}

/** Python's operators on bits, the loosest first. */
const BIT_OPERATORS = [['|'], ['^'], ['&'], ['<<', '>>']];

/** The fields of f-strings. Each takes five microseconds to parse, however short it is. */
const MAX_FIELDS = 4000;

const NOTHING: Passed = { positional: [], named: [] };
const CONSTANTS: ReadonlyMap<string, Expression> = new Map(
  Object.entries({ true: true, True: true, false: false, False: false, none: null, None: null }).map(
    ([name, value]): [string, Expression] => [name, { type: 'constant', value }],
  ),
);
const RESERVED = new Set(['and', 'or', 'not', 'if', 'else', 'in', 'is']);
const PYTHON_RESERVED = new Set([
  ...RESERVED,
  ...'lambda for await yield async def import class return while with try del global pass raise from'.split(
    ' ',
  ),
  ...'assert break continue except finally nonlocal elif'.split(' '),
]);

/** A recursive-descent parser of expressions that follows the operator precedence of Jinja or Python. */
export class ExpressionParser {
  readonly stream: TokenStream;
  readonly #grammar: Grammar;
  /** The fields of f-strings. */
  #fields = 0;

  constructor(stream: TokenStream, grammar: Grammar) {
    this.stream = stream;
    this.#grammar = grammar;
  }

  /** Parse an expression, including `then if test else otherwise`. */
  expression(): Expression {
    return this.stream.nested(() => {
      if (this.#grammar.python && this.stream.is('name', 'lambda')) return this.#lambda();
      let parsed = this.#or();
      for (let links = 0; this.stream.skip('name', 'if'); links++) {
        this.stream.link(links);
        const test = this.#or();
        const otherwise = this.stream.skip('name', 'else') ? this.expression() : undefined;
        if (otherwise === undefined && this.#grammar.python) throw this.stream.error("expected 'else'");
        parsed = { type: 'conditional', test, chosen: parsed, otherwise };
      }
      return parsed;
    });
  }

  /** Parse the iterable of a `for`, in which `if` begins the loop's filter and not a conditional expression. */
  unconditional(): Expression {
    return this.#sequence(() => this.stream.nested(() => this.#or()));
  }

  /** Parse an expression, or a tuple of several that are separated by commas. */
  tuple(): Expression {
    return this.#sequence(() => this.expression());
  }

  /** Parse filters after a `|`, or without it before the first as in `{% filter upper|trim %}`. */
  filters(first: boolean): FilterCall[] {
    const filters: FilterCall[] = [];
    while (first || this.stream.skip('operator', '|')) {
      first = false;
      this.stream.link(filters.length);
      filters.push(this.#filter());
    }
    return filters;
  }

  passed(): Passed {
    const { stream } = this;
    const positional: { spread: boolean; value: Expression }[] = [];
    const named: { name: string | undefined; value: Expression }[] = [];
    stream.expect('operator', '(');
    while (!stream.is('operator', ')')) {
      if (stream.skip('operator', '**')) named.push({ name: undefined, value: this.expression() });
      else if (stream.skip('operator', '*')) positional.push({ spread: true, value: this.expression() });
      else if (stream.is('name') && stream.following.type === 'operator' && stream.following.value === '=') {
        const name = stream.next().value;
        stream.next();
        named.push({ name, value: this.expression() });
      } else {
        if (named.length > 0) throw stream.error('a positional argument follows one that has a name');
        positional.push({ spread: false, value: this.#comprehended('list', this.expression()) });
      }
      if (!stream.skip('operator', ',')) break;
    }
    this.#close(')');
    return { positional, named };
  }

  #sequence(parse: () => Expression): Expression {
    const items = [parse()];
    let tuple = false;
    while (this.stream.skip('operator', ',')) {
      tuple = true;
      if (!this.#startsExpression()) break;
      items.push(parse());
    }
    return tuple ? { type: 'list', items, tuple: true } : (items[0] as Expression);
  }

  #startsExpression(): boolean {
    const { type, value } = this.stream.current;
    if (type === 'name') return value !== 'in' && value !== 'recursive';
    if (type === 'operator') return (this.#grammar.python ? '([{-+~' : '([{-+').includes(value);
    return ['string', 'bytes', 'format', 'integer', 'float'].includes(type);
  }

  #or(): Expression {
    return this.#logical('or', () => this.#logical('and', () => this.#not()));
  }

  #logical(type: 'and' | 'or', parse: () => Expression): Expression {
    const items = [parse()];
    while (this.stream.skip('name', type)) items.push(parse());
    return items.length > 1 ? { type, items } : (items[0] as Expression);
  }

  #not(): Expression {
    if (!this.stream.skip('name', 'not')) return this.#comparison();
    return this.stream.nested(() => ({ type: 'not', operand: this.#not() }));
  }

  #comparison(): Expression {
    const operand = this.#grammar.python ? () => this.#bits(BIT_OPERATORS) : () => this.#sum();
    let first = operand();
    const rest: Operand[] = [];
    for (;;) {
      const operator = this.#comparator();
      if (operator !== undefined) rest.push({ operator, operand: operand() });
      else if (this.#grammar.python && this.stream.skip('name', 'is')) {
        const negated = this.stream.skip('name', 'not');
        const { type, value } = this.stream.current;
        const isTest = type === 'name' && !CONSTANTS.has(value) && this.#grammar.tests.has(value);
        if (!isTest) rest.push({ operator: negated ? 'is not' : 'is', operand: operand() });
        else if (rest.length > 0) throw this.stream.error('a test cannot stand behind another comparison');
        else {
          const test = this.#testOf(first);
          first = negated ? { type: 'not', operand: test } : test;
        }
      } else return rest.length > 0 ? { type: 'comparison', first, rest } : first;
    }
  }

  #comparator(): string | undefined {
    const { stream } = this;
    if (stream.is('operator', '==', '!=', '<', '<=', '>', '>=') || stream.is('name', 'in'))
      return stream.next().value;
    const notIn = stream.is('name', 'not') && stream.following.value === 'in';
    if (!notIn) return undefined;
    stream.next();
    stream.next();
    return 'not in';
  }

  /** Parse Python's operators on bits, of which the first bind loosest. */
  #bits([operators, ...tighter]: readonly (readonly string[])[]): Expression {
    if (operators === undefined) return this.#sum();
    return this.#arithmetic(operators, () => this.#bits(tighter));
  }

  #sum(): Expression {
    const next = this.#grammar.python ? () => this.#product() : () => this.#concatenation();
    return this.#arithmetic(['+', '-'], next);
  }

  #concatenation(): Expression {
    const items = [this.#product()];
    while (this.stream.skip('operator', '~')) items.push(this.#product());
    return items.length > 1 ? { type: 'concatenation', items } : (items[0] as Expression);
  }

  #product(): Expression {
    const next = this.#grammar.python ? () => this.#signed() : () => this.#power();
    return this.#arithmetic(['*', '/', '//', '%'], next);
  }

  #arithmetic(operators: readonly string[], parse: () => Expression): Expression {
    const first = parse();
    const rest: Operand[] = [];
    while (this.stream.is('operator', ...operators) && !this.#beginsFilter())
      rest.push({ operator: this.stream.next().value, operand: parse() });
    return rest.length > 0 ? { type: 'arithmetic', first, rest } : first;
  }

  /** In Jinja, powers are left-associative and bind looser than a sign. */
  #power(): Expression {
    return this.#arithmetic(['**'], () => this.#signed());
  }

  #signed(filtered = true): Expression {
    const { stream } = this;
    if (stream.is('operator', '-', '+') || (this.#grammar.python && stream.is('operator', '~'))) {
      const sign = stream.next().value as '-' | '+' | '~';
      const operand = stream.nested(() => this.#signed(false));
      const parsed: Expression = { type: 'sign', sign, operand };
      return filtered && !this.#grammar.python ? this.#filtered(parsed) : parsed;
    }
    const primary = this.#postfix(this.#primary());
    const parsed = filtered || this.#grammar.python ? this.#filtered(primary) : primary;
    if (!this.#grammar.python || !stream.skip('operator', '**')) return parsed;
    const operand = stream.nested(() => this.#signed());
    return { type: 'arithmetic', first: parsed, rest: [{ operator: '**', operand }] };
  }

  #primary(): Expression {
    const { stream } = this;
    const token = stream.next();
    switch (token.type) {
      case 'name':
        return this.#name(token.value, token.line);
      case 'string':
      case 'format':
        return this.#text(token);
      case 'bytes':
        return { type: 'constant', value: new Bytes(Buffer.from(token.value, 'latin1')) };
      case 'integer':
        if (token.value.length > MAX_DIGITS) throw stream.error('a number is too long', token.line);
        return { type: 'constant', value: BigInt(token.value) };
      case 'float':
        return { type: 'constant', value: Number(token.value) };
      default:
    }
    if (token.type === 'operator' && token.value === '(') return this.#parenthesis();
    if (token.type === 'operator' && token.value === '[') return this.#list();
    if (token.type === 'operator' && token.value === '{') return this.#braces();
    if (token.type === 'end' && this.#grammar.python) throw stream.unexpected();
    const shown = token.value || TOKENS.get(token.type) || token.type;
    throw stream.error(`unexpected '${shown}'`, token.line);
  }

  /** Join string literals that follow each other. */
  #text(first: Token): Expression {
    const parts: FormatPart[] = [];
    for (let token = first; ; token = this.stream.next()) {
      if (token.type === 'format') parts.push(...this.#format(token));
      else parts.push(token.value);
      if (!this.stream.is('string') && !this.stream.is('format')) break;
    }
    const isPlain = parts.every((part) => typeof part === 'string');
    return isPlain ? { type: 'constant', value: parts.join('') } : { type: 'format', parts };
  }

  /** Parse the fields of an f-string. */
  #format({ value, raw = false, line }: Token): readonly FormatPart[] {
    const parse = (source: string): Expression => {
      if (++this.#fields > MAX_FIELDS) throw this.stream.error(`has more than ${MAX_FIELDS} fields`, line);
      const stream = new TokenStream(expressionTokens(source));
      const parsed = this.stream.nested(() => new ExpressionParser(stream, this.#grammar).tuple());
      if (!stream.is('end')) throw stream.unexpected();
      return parsed;
    };
    return parseFormat(value, raw, parse, (message) => this.stream.error(message, line));
  }

  #lambda(): Expression {
    const { stream } = this;
    stream.next();
    const parameters: Parameter[] = [];
    while (!stream.is('operator', ':')) {
      const name = this.#bound();
      const initial = stream.skip('operator', '=') ? this.expression() : undefined;
      parameters.push({ name, initial });
      if (!stream.skip('operator', ',')) break;
    }
    stream.expect('operator', ':');
    return { type: 'lambda', parameters, body: this.expression() };
  }

  /** Parse a name that is bound. */
  #bound(): string {
    const { value, line } = this.stream.expect('name');
    if (PYTHON_RESERVED.has(value) || CONSTANTS.has(value))
      throw this.stream.error(`unexpected '${value}'`, line);
    this.#grammar.onName?.(value, 'bound');
    return value;
  }

  /** Parse the rest of a comprehension, if there is one behind its element. */
  #comprehended(kind: Comprehension['kind'], element: Expression, value?: Expression): Expression {
    const { stream } = this;
    if (!this.#grammar.python || !stream.is('name', 'for')) return element;
    const clauses: Comprehension['clauses'][number][] = [];
    while (stream.skip('name', 'for')) {
      stream.link(clauses.length);
      const target = this.#targets();
      stream.expect('name', 'in');
      const iterable = stream.nested(() => this.#or());
      const tests: Expression[] = [];
      while (stream.skip('name', 'if')) tests.push(stream.nested(() => this.#or()));
      clauses.push({ target, iterable, tests });
    }
    return { type: 'comprehension', comprehension: { kind, element, value, clauses } };
  }

  #targets(): Target {
    const items = [this.#target()];
    let tuple = false;
    while (this.stream.skip('operator', ',')) {
      tuple = true;
      if (this.stream.is('name', 'in')) break;
      items.push(this.#target());
    }
    return tuple ? { type: 'tuple', items } : (items[0] as Target);
  }

  #target(): Target {
    if (!this.stream.skip('operator', '(')) return { type: 'name', name: this.#bound() };
    const target = this.stream.nested(() => this.#targets());
    this.stream.expect('operator', ')');
    return target;
  }

  #list(): Expression {
    if (this.stream.skip('operator', ']')) return { type: 'list', items: [], tuple: false };
    const first = this.expression();
    const parsed = this.#comprehended('list', first);
    if (parsed === first) return { type: 'list', items: this.#rest(first, ']'), tuple: false };
    this.#close(']');
    return parsed;
  }

  /** Parse the elements behind the first one. */
  #rest(first: Expression, close: string): Expression[] {
    if (this.stream.skip('operator', ',')) return [first, ...this.#elements(close)];
    this.#close(close);
    return [first];
  }

  #name(name: string, line: number): Expression {
    const constant = CONSTANTS.get(name);
    if (constant !== undefined) return constant;
    if ((this.#grammar.python ? PYTHON_RESERVED : RESERVED).has(name))
      throw this.stream.error(`unexpected '${name}'`, line);
    this.#grammar.onName?.(name, 'name');
    return { type: 'name', name };
  }

  #parenthesis(): Expression {
    if (this.stream.skip('operator', ')')) return { type: 'list', items: [], tuple: true };
    const parsed = this.#comprehended('list', this.tuple());
    this.#close(')');
    return parsed;
  }

  #elements(close: string): Expression[] {
    const items: Expression[] = [];
    while (!this.stream.is('operator', close)) {
      items.push(this.expression());
      if (!this.stream.skip('operator', ',')) break;
    }
    this.#close(close);
    return items;
  }

  /** Parse a mapping, or in Python also a set. */
  #braces(): Expression {
    const { stream } = this;
    const entries: [Expression, Expression][] = [];
    // A condition wrapped in `{{ … }}` would be a set with one element, which is always true.
    if (this.#grammar.python && stream.is('operator', '{'))
      throw stream.error('a set or a mapping cannot be in a set, nor be a key');
    while (!stream.is('operator', '}')) {
      const key = this.expression();
      if (this.#grammar.python && entries.length === 0 && !stream.is('operator', ':')) return this.#set(key);
      stream.expect('operator', ':');
      const value = this.expression();
      const parsed = entries.length === 0 ? this.#comprehended('dict', key, value) : key;
      if (parsed !== key) {
        this.#close('}');
        return parsed;
      }
      entries.push([key, value]);
      if (!stream.skip('operator', ',')) break;
    }
    this.#close('}');
    return { type: 'dict', entries };
  }

  #set(first: Expression): Expression {
    const parsed = this.#comprehended('set', first);
    if (parsed === first) return { type: 'set', items: this.#rest(first, '}') };
    this.#close('}');
    return parsed;
  }

  #close(bracket: string): void {
    if (this.stream.is('operator', ':=')) throw this.stream.error("':=' is not allowed");
    if (this.#grammar.python && this.stream.is('name', 'async'))
      throw this.stream.error("unexpected 'async'");
    this.stream.expect('operator', bracket);
  }

  /** Parse members and calls. */
  #postfix(parsed: Expression): Expression {
    let target = parsed;
    for (let links = 0; ; links++) {
      if (this.stream.skip('operator', '.')) target = this.#member(target);
      else if (this.stream.skip('operator', '[')) target = this.#subscript(target);
      else if (this.stream.is('operator', '('))
        target = this.#accessed({ type: 'call', target, passed: this.passed() });
      else return target;
      this.stream.link(links);
    }
  }

  /** Parse filters, and in Jinja also tests, in any order. */
  #filtered(parsed: Expression): Expression {
    let target = parsed;
    for (let links = 0; ; links++) {
      if (this.#beginsFilter()) {
        this.stream.next();
        target = { type: 'filter', target, filter: this.#filter() };
      } else if (!this.#grammar.python && this.stream.skip('name', 'is')) target = this.#test(target);
      // Jinja's grammar allows calls after filters and tests as well.
      else if (links > 0 && this.stream.is('operator', '('))
        target = this.#accessed({ type: 'call', target, passed: this.passed() });
      else return target;
      this.stream.link(links);
    }
  }

  /** Return whether a filter follows. In Python, `|` with any other name combines bits. */
  #beginsFilter(): boolean {
    const { current, following } = this.stream;
    if (current.type !== 'operator' || current.value !== '|') return false;
    return !this.#grammar.python || (following.type === 'name' && this.#grammar.filters.has(following.value));
  }

  #member(target: Expression): Expression {
    const token = this.stream.next();
    if (token.type === 'integer')
      return { type: 'item', target, key: { type: 'constant', value: BigInt(token.value.slice(0, 20)) } };
    if (token.type !== 'name')
      throw this.stream.error('expected a name or a number behind the dot', token.line);
    this.#grammar.onName?.(token.value, 'member');
    return this.#accessed({ type: 'attribute', target, name: token.value });
  }

  #accessed(node: Access): Access {
    this.#grammar.onAccess?.(node, this.stream.current.line);
    return node;
  }

  #subscript(target: Expression): Expression {
    const none: Expression = { type: 'constant', value: null };
    const { stream } = this;
    const part = () => (stream.is('operator', ':', ']') ? none : this.expression());
    const first = stream.is('operator', ':') ? none : this.tuple();
    if (!stream.is('operator', ':')) {
      this.#close(']');
      if (first.type === 'constant' && typeof first.value === 'string')
        this.#grammar.onName?.(first.value, 'member');
      return { type: 'item', target, key: first };
    }
    stream.next();
    const stop = part();
    const step = stream.skip('operator', ':') ? part() : none;
    this.#close(']');
    return { type: 'slice', target, bounds: [first, stop, step] };
  }

  #filter(): FilterCall {
    const token = this.stream.expect('name');
    if (!this.#grammar.filters.has(token.value))
      throw this.stream.error(`No filter named '${token.value}'.`, token.line);
    return { name: token.value, passed: this.stream.is('operator', '(') ? this.passed() : NOTHING };
  }

  #test(target: Expression): Expression {
    const negated = this.stream.skip('name', 'not');
    const test = this.#testOf(target);
    return negated ? { type: 'not', operand: test } : test;
  }

  #testOf(target: Expression): Expression {
    const { stream } = this;
    const token = stream.expect('name');
    if (!this.#grammar.tests.has(token.value))
      throw stream.error(`No test named '${token.value}'.`, token.line);
    const test = (passed: Passed): Expression => ({ type: 'test', target, name: token.value, passed });
    if (stream.is('operator', '(')) return test(this.passed());
    if (stream.is('name', 'is')) throw stream.error('You cannot chain multiple tests with is');
    const takesOne =
      ['string', 'integer', 'float'].includes(stream.current.type) ||
      stream.is('operator', '[', '{') ||
      (stream.is('name') && !NO_ARGUMENT.has(stream.current.value));
    if (!takesOne) return test(NOTHING);
    const value = stream.nested(() => this.#postfix(this.#primary()));
    return test({ positional: [{ spread: false, value }], named: [] });
  }
}

/** Names that may follow a test without being its argument. */
const NO_ARGUMENT = new Set([
  'else',
  'or',
  'and',
  'if',
  'not',
  'in',
  'recursive',
  'ignore',
  'with',
  'without',
]);

const TOKENS: ReadonlyMap<string, string> = new Map([
  ['end', 'end of template'],
  ['outputEnd', '}}'],
  ['tagEnd', '%}'],
  ['tag', '{%'],
  ['output', '{{'],
]);
