import { RenderLimitError, TemplateError } from '../errors.ts';
import type { Block, Parameter, Signature, Statement } from '../parser/ast.ts';
import { STEP, VISIT } from '../step-meter.ts';
import { KeyMap } from '../values/keys.ts';
import { iterate, truth } from '../values/operators.ts';
import { show } from '../values/show.ts';
import {
  type Arguments,
  Callable,
  Dict,
  List,
  or,
  type Runtime,
  Undefined,
  type Value,
} from '../values/values.ts';
import { assign } from './assign.ts';
import { applyFilter, callWith, evaluate, evaluateMarked } from './evaluate.ts';
import { Loop } from './loop.ts';
import { Scope } from './scope.ts';

/** Render a block of statements. @throws TemplateError with the line of the statement that failed */
export function renderBlock(block: Block, scope: Scope, runtime: Runtime): string {
  let text = '';
  for (const statement of block) {
    runtime.meter.enter();
    const more = located(statement, scope, runtime);
    runtime.meter.leave();
    runtime.meter.room(text.length + more.length);
    runtime.meter.spend(more.length);
    text += more;
  }
  return text;
}

function located(statement: Statement, scope: Scope, runtime: Runtime): string {
  try {
    return renderStatement(statement, scope, runtime);
  } catch (error) {
    if (!(error instanceof TemplateError) || error.line !== undefined) throw error;
    throw error instanceof RenderLimitError
      ? new RenderLimitError(error.message, statement.line)
      : new TemplateError(error.message, statement.line);
  }
}

const marked = (text: string, { type, line }: Statement, { mark }: Runtime): string =>
  mark?.(text, { isValue: type !== 'text', line }) ?? text;

/** Return the runtime for a text that is captured, which conditions and filters may look at. */
const unmarked = (runtime: Runtime): Runtime =>
  runtime.mark === undefined ? runtime : { ...runtime, mark: undefined };

type Node<T extends Statement['type']> = Extract<Statement, { readonly type: T }>;

function renderStatement(statement: Statement, scope: Scope, runtime: Runtime): string {
  switch (statement.type) {
    case 'text':
      return marked(statement.text, statement, runtime);
    case 'output':
      return marked(show(evaluate(statement.value, scope, runtime), runtime.meter), statement, runtime);
    case 'if':
      return renderIf(statement, scope, runtime);
    case 'for': {
      const items = evaluate(statement.iterable, scope, runtime);
      return renderFor(statement, items, 1, scope, runtime);
    }
    case 'set':
      assign(statement.target, evaluateMarked(statement.value, scope, runtime), scope, runtime);
      return '';
    case 'setBlock': {
      const text = renderBlock(statement.body, new Scope(scope), unmarked(runtime));
      assign(statement.target, applyAll(statement.filters, text, scope, runtime), scope, runtime);
      return '';
    }
    case 'macro':
      scope.set(statement.name, macro(statement.name, statement.signature, statement.body, scope));
      return '';
    case 'call':
      return renderCall(statement, scope, runtime);
    case 'filterBlock': {
      const text = renderBlock(statement.body, new Scope(scope), unmarked(runtime));
      return marked(
        show(applyAll(statement.filters, text, scope, runtime), runtime.meter),
        statement,
        runtime,
      );
    }
    case 'with':
      return renderWith(statement, scope, runtime);
    case 'do':
      evaluate(statement.value, scope, runtime);
      return '';
  }
}

function renderIf({ branches, otherwise }: Node<'if'>, scope: Scope, runtime: Runtime): string {
  const taken = branches.find(({ test }) => truth(evaluate(test, scope, runtime)));
  return renderBlock(taken?.body ?? otherwise, scope, runtime);
}

/** Render a loop. Each iteration starts with an empty scope, so its assignments do not reach the next one. */
function renderFor(node: Node<'for'>, source: Value, depth: number, scope: Scope, runtime: Runtime): string {
  const { meter } = runtime;
  const items = selected(node, source, scope, runtime);
  if (items.length === 0) return renderBlock(node.otherwise, new Scope(scope), runtime);
  const recurse = (more: Value): string => {
    meter.enter();
    const text = renderFor(node, more, depth + 1, scope, unmarked(runtime));
    meter.leave();
    return text;
  };
  const loop = new Loop(items, depth, node.recursive ? recurse : undefined);
  const inner = new Scope(scope);
  let text = '';
  for (const each of items) {
    loop.advance();
    meter.spend(STEP);
    inner.clear();
    inner.set('loop', loop);
    assign(node.target, each, inner, runtime);
    const more = renderBlock(node.body, inner, runtime);
    meter.room(text.length + more.length);
    text += more;
  }
  return text;
}

/** Return the items of a loop, copied because the body may change the list. */
function selected(node: Node<'for'>, source: Value, scope: Scope, runtime: Runtime): readonly Value[] {
  const { test, target } = node;
  const items = iterate(source, runtime.meter);
  runtime.meter.elements(items.length);
  if (test === undefined) return [...items];
  return items.filter((each) => {
    const inner = new Scope(scope);
    assign(target, each, inner, runtime);
    return truth(evaluate(test, inner, runtime));
  });
}

function renderWith({ assignments, body }: Node<'with'>, scope: Scope, runtime: Runtime): string {
  const inner = new Scope(scope);
  // The values are evaluated outside of the block: they do not see each other.
  const values = assignments.map(({ value }) => evaluate(value, scope, runtime));
  for (const [at, { target }] of assignments.entries()) assign(target, values[at] as Value, inner, runtime);
  return renderBlock(body, inner, runtime);
}

function applyAll(
  filters: Node<'filterBlock'>['filters'],
  text: string,
  scope: Scope,
  runtime: Runtime,
): Value {
  return filters.reduce<Value>((value, filter) => applyFilter(filter, value, scope, runtime), text);
}

/** Create a macro. It sees the names around its definition, not those of its caller. */
function macro(name: string, signature: Signature, body: Block, scope: Scope): Callable {
  return new Callable(name, (args, runtime) => {
    runtime.meter.spend(2 * STEP);
    const inner = new Scope(scope);
    bindParameters(signature, args, inner, runtime);
    return renderBlock(body, inner, unmarked(runtime));
  });
}

function bindParameters(
  { parameters, reads }: Signature,
  args: Arguments,
  scope: Scope,
  runtime: Runtime,
): void {
  runtime.meter.spend((parameters.length + 2 * args.named.size) * VISIT);
  const named = new Map(args.named);
  const missing: Parameter[] = [];
  for (const [at, parameter] of parameters.entries()) {
    const value = or(args.positional[at], () => named.get(parameter.name));
    if (args.positional[at] !== undefined && named.has(parameter.name))
      throw args.error(`got multiple values for argument '${parameter.name}'`);
    named.delete(parameter.name);
    scope.set(
      parameter.name,
      or(value, () => Undefined.because(`parameter '${parameter.name}' was not provided`)),
    );
    if (value === undefined) missing.push(parameter);
  }
  const caller = named.get('caller');
  if (caller !== undefined && reads.has('caller')) {
    named.delete('caller');
    scope.set('caller', caller);
  }
  bindRest('varargs', args.positional.length > parameters.length, reads, args, () =>
    scope.set('varargs', new List(args.positional.slice(parameters.length), { tuple: true })),
  );
  bindRest('kwargs', named.size > 0, reads, args, () => scope.set('kwargs', new Dict(new KeyMap(named))));
  for (const { name, initial } of missing)
    if (initial !== undefined) scope.set(name, evaluate(initial, scope, runtime));
}

/** Bind extra arguments. They are an error if the macro does not read them. */
function bindRest(
  name: 'varargs' | 'kwargs',
  hasExtra: boolean,
  reads: ReadonlySet<string>,
  args: Arguments,
  bind: () => void,
): void {
  if (reads.has(name)) bind();
  else if (hasExtra)
    throw args.error(`takes no such ${name === 'kwargs' ? 'keyword argument' : 'many arguments'}`);
}

function renderCall(statement: Node<'call'>, scope: Scope, runtime: Runtime): string {
  const { call, signature, body } = statement;
  const caller = macro('caller', signature, body, scope);
  const text = show(callWith(call, new Map([['caller', caller]]), scope, runtime), runtime.meter);
  return marked(text, statement, runtime);
}
