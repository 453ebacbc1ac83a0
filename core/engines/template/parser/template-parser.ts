import type { TemplateSyntaxError } from '../errors.ts';
import type { Block, Expression, Parameter, Signature, Statement, Target } from './ast.ts';
import { ExpressionParser, type Grammar } from './expression-parser.ts';
import { templateTokens } from './lexer.ts';
import { type Access, refusalAmong } from './refused-calls.ts';
import { TokenStream } from './token-stream.ts';

type Tables = Pick<Grammar, 'filters' | 'tests'>;

interface ParsedTemplate {
  readonly block: Block;
  /** Whether a method is called that changes a list or a mapping. */
  readonly changes: boolean;
  readonly refusal: TemplateSyntaxError | undefined;
}

/** Parse a template. @throws TemplateSyntaxError */
export function parseTemplate(source: string, tables: Tables): ParsedTemplate {
  return new TemplateParser(source, tables).template();
}

/** The methods that change a list or a mapping. */
const CHANGING = new Set(
  'append clear extend insert pop popitem remove reverse setdefault sort update'.split(' '),
);

/** Jinja's tags that need other templates, or that Frappe does not use. */
const UNSUPPORTED = new Set([
  'extends',
  'block',
  'include',
  'import',
  'from',
  'autoescape',
  'trans',
  'break',
  'continue',
]);

type Body = Statement extends infer Each ? (Each extends unknown ? Omit<Each, 'line'> : never) : never;

class TemplateParser {
  readonly #stream: TokenStream;
  readonly #expressions: ExpressionParser;
  /** The names that each open macro has read so far. */
  readonly #reads: Set<string>[] = [];
  readonly #bound = new Set<string>();
  readonly #accesses: [Access, number][] = [];

  constructor(source: string, tables: Tables) {
    this.#stream = new TokenStream(templateTokens(source));
    this.#expressions = new ExpressionParser(this.#stream, {
      ...tables,
      python: false,
      onName: (name) => {
        for (const reads of this.#reads) reads.add(name);
      },
      onAccess: (node, line) => this.#accesses.push([node, line]),
    });
  }

  template(): ParsedTemplate {
    const block = this.#block();
    if (!this.#stream.is('end')) throw this.#unknownTag();
    const changes = this.#accesses.some(([node]) => node.type === 'attribute' && CHANGING.has(node.name));
    return { block, changes, refusal: refusalAmong(this.#accesses, this.#bound) };
  }

  /** Parse statements up to a tag with one of these names, leaving its `{%` and name unread. */
  #block(...ends: readonly string[]): Block {
    const stream = this.#stream;
    const statements: Statement[] = [];
    for (;;) {
      const { line } = stream.current;
      if (stream.is('text')) statements.push({ type: 'text', text: stream.next().value, line });
      else if (stream.skip('output')) {
        statements.push({ type: 'output', value: this.#expressions.tuple(), line });
        stream.expect('outputEnd');
      } else if (stream.is('tag')) {
        if (ends.includes(stream.following.value)) return statements;
        if (!STATEMENTS.has(stream.following.value)) throw this.#unknownTag();
        stream.next();
        statements.push(stream.nested(() => ({ ...this.#statement(), line }) as Statement));
      } else if (ends.length > 0) {
        throw stream.error(`the end of the template comes before '${ends.at(-1)}'`);
      } else return statements;
    }
  }

  #unknownTag(): Error {
    const { value, line } = this.#stream.following;
    if (UNSUPPORTED.has(value)) return this.#stream.error(`the tag '${value}' is not supported`, line);
    return this.#stream.error(`Encountered unknown tag '${value}'.`, line);
  }

  /** Parse a block including the tag that ends it. */
  #body(end: string): Block {
    this.#stream.expect('tagEnd');
    const block = this.#block(end);
    this.#end();
    return block;
  }

  /** Parse the tag at which {@link #block} stopped. */
  #end(): void {
    this.#stream.next();
    this.#stream.next();
    this.#stream.expect('tagEnd');
  }

  #statement(): Body {
    const stream = this.#stream;
    switch (stream.next().value) {
      case 'if':
        return this.#if();
      case 'for':
        return this.#for();
      case 'set':
        return this.#set();
      case 'macro':
        return this.#macro();
      case 'call':
        return this.#call();
      case 'filter': {
        const filters = this.#expressions.filters(true);
        return { type: 'filterBlock', filters, body: this.#body('endfilter') };
      }
      case 'with':
        return this.#with();
      default: {
        const value = this.#expressions.tuple();
        stream.expect('tagEnd');
        return { type: 'do', value };
      }
    }
  }

  #if(): Body {
    const stream = this.#stream;
    const branches: { test: Expression; body: Block }[] = [];
    let otherwise: Block = [];
    for (;;) {
      const test = this.#expressions.tuple();
      stream.expect('tagEnd');
      branches.push({ test, body: this.#block('elif', 'else', 'endif') });
      stream.next();
      if (stream.skip('name', 'elif')) continue;
      if (stream.skip('name', 'else')) {
        stream.expect('tagEnd');
        otherwise = this.#block('endif');
        stream.next();
      }
      stream.expect('name', 'endif');
      stream.expect('tagEnd');
      return { type: 'if', branches, otherwise };
    }
  }

  #for(): Body {
    const stream = this.#stream;
    const target = this.#target();
    stream.expect('name', 'in');
    const iterable = this.#expressions.unconditional();
    const test = stream.skip('name', 'if') ? this.#expressions.expression() : undefined;
    const recursive = stream.skip('name', 'recursive');
    stream.expect('tagEnd');
    const body = this.#block('endfor', 'else');
    let otherwise: Block = [];
    stream.next();
    if (stream.skip('name', 'else')) otherwise = this.#body('endfor');
    else {
      stream.next();
      stream.expect('tagEnd');
    }
    return { type: 'for', target, iterable, test, recursive, body, otherwise };
  }

  #set(): Body {
    const target = this.#target(true);
    if (this.#stream.skip('operator', '=')) {
      const value = this.#expressions.tuple();
      this.#stream.expect('tagEnd');
      return { type: 'set', target, value };
    }
    const filters = this.#expressions.filters(false);
    return { type: 'setBlock', target, filters, body: this.#body('endset') };
  }

  #macro(): Body {
    const name = this.#stream.expect('name').value;
    this.#bound.add(name);
    const [signature, body] = this.#function('endmacro');
    return { type: 'macro', name, signature, body };
  }

  #call(): Body {
    const reads = this.#stream.is('operator', '(') ? this.#parameters() : [];
    const { line } = this.#stream.current;
    const call = this.#expressions.expression();
    if (call.type !== 'call') throw this.#stream.error('expected a call', line);
    const [signature, body] = this.#function('endcall', reads);
    return { type: 'call', call, signature, body };
  }

  #function(end: string, parameters = this.#parameters()): [Signature, Block] {
    const reads = new Set<string>();
    this.#reads.push(reads);
    const body = this.#body(end);
    this.#reads.pop();
    return [{ parameters, reads }, body];
  }

  #parameters(): Parameter[] {
    const stream = this.#stream;
    const parameters: Parameter[] = [];
    stream.expect('operator', '(');
    while (!stream.is('operator', ')')) {
      const name = stream.expect('name').value;
      const initial = stream.skip('operator', '=') ? this.#expressions.expression() : undefined;
      if (initial === undefined && parameters.at(-1)?.initial !== undefined)
        throw stream.error('a parameter without a default follows one that has one');
      this.#bound.add(name);
      parameters.push({ name, initial });
      if (!stream.skip('operator', ',')) break;
    }
    stream.expect('operator', ')');
    return parameters;
  }

  #with(): Body {
    const stream = this.#stream;
    const assignments: { target: Target; value: Expression }[] = [];
    while (!stream.is('tagEnd')) {
      const target = this.#targetItem(false);
      stream.expect('operator', '=');
      assignments.push({ target, value: this.#expressions.expression() });
      if (!stream.skip('operator', ',')) break;
    }
    return { type: 'with', assignments, body: this.#body('endwith') };
  }

  #target(attributes = false): Target {
    const items = [this.#targetItem(attributes)];
    let tuple = false;
    while (this.#stream.skip('operator', ',')) {
      tuple = true;
      if (!this.#stream.is('name') && !this.#stream.is('operator', '(')) break;
      if (this.#stream.is('name', 'in')) break;
      items.push(this.#targetItem(attributes));
    }
    return tuple ? { type: 'tuple', items } : (items[0] as Target);
  }

  #targetItem(attributes: boolean): Target {
    const stream = this.#stream;
    if (stream.skip('operator', '(')) {
      const target = stream.nested(() => this.#target(attributes));
      stream.expect('operator', ')');
      return target;
    }
    const { value: name, line } = stream.expect('name');
    if (CONSTANT.has(name)) throw stream.error(`can't assign to '${name}'`, line);
    if (attributes && stream.skip('operator', '.'))
      return { type: 'attribute', owner: name, name: stream.expect('name').value };
    this.#bound.add(name);
    return { type: 'name', name };
  }
}

const CONSTANT = new Set(['true', 'false', 'none', 'True', 'False', 'None']);
const STATEMENTS = new Set(['if', 'for', 'set', 'macro', 'call', 'filter', 'with', 'do']);
