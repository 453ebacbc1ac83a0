import { TemplateError } from '../errors.ts';
import { converted, formatValue, percentFormat } from '../formats/python-format.ts';
import { attribute, item } from '../members/members.ts';
import { joinTexts } from '../members/string-methods.ts';
import type { Comprehension, Expression, FilterCall, FormatPart, Passed } from '../parser/ast.ts';
import { SCAN, STEP, VISIT } from '../step-meter.ts';
import { TimeDelta } from '../values/dates.ts';
import { KeyMap, KeySet } from '../values/keys.ts';
import {
  add,
  arithmetic,
  type BitOperator,
  bitwise,
  divideDelta,
  holds,
  inverted,
  iterate,
  keyOf,
  multiply,
  numberOf,
  type Operator,
  signed,
  slice,
  subtract,
  truth,
} from '../values/operators.ts';
import { show } from '../values/show.ts';
import { escapeHtml } from '../values/text.ts';
import {
  Arguments,
  Callable,
  Dict,
  List,
  Markup,
  or,
  type Runtime,
  SetValue,
  Thing,
  typeName,
  Undefined,
  type Value,
} from '../values/values.ts';
import { assign } from './assign.ts';
import { Scope } from './scope.ts';

/** Evaluate an expression. @throws TemplateError */
export function evaluate(node: Expression, scope: Scope, runtime: Runtime): Value {
  const value = evaluateMarked(node, scope, runtime);
  return value instanceof Markup ? value.text : value;
}

/** Evaluate an expression, and tell whether its text is marked as HTML. Few know about that: filters, `+`, `%` and `set`. */
export function evaluateMarked(node: Expression, scope: Scope, runtime: Runtime): Value {
  runtime.meter.enter();
  const value = evaluateNode(node, scope, runtime);
  runtime.meter.leave();
  return value;
}

function evaluateNode(node: Expression, scope: Scope, runtime: Runtime): Value {
  switch (node.type) {
    case 'constant':
      return node.value;
    case 'name':
      return or(scope.lookup(node.name), () => undefinedName(node.name, runtime));
    case 'list':
      return new List(
        node.items.map((each) => evaluate(each, scope, runtime)),
        { tuple: node.tuple },
      );
    case 'set': {
      const items = node.items.map((each) => keyOf(evaluate(each, scope, runtime), runtime.meter));
      runtime.meter.elements(items.length * 2);
      return new SetValue(new KeySet(items));
    }
    case 'dict':
      return dict(node, scope, runtime);
    case 'comprehension':
      return comprehend(node.comprehension, scope, runtime);
    case 'lambda':
      return lambda(node, scope);
    case 'format':
      return formatted(node.parts, scope, runtime);
    case 'attribute':
      return attribute(evaluate(node.target, scope, runtime), node.name, false, runtime);
    case 'item':
      return item(evaluate(node.target, scope, runtime), evaluate(node.key, scope, runtime), runtime);
    case 'slice': {
      const target = evaluate(node.target, scope, runtime);
      const [start, stop, step] = node.bounds.map((bound) => evaluate(bound, scope, runtime));
      return slice(target, [start ?? null, stop ?? null, step ?? null], runtime.meter);
    }
    case 'call':
      return call(node, scope, runtime);
    case 'filter':
      return applyFilter(node.filter, evaluateMarked(node.target, scope, runtime), scope, runtime);
    case 'test':
      return test(node, scope, runtime);
    case 'not':
      return !truth(evaluate(node.operand, scope, runtime));
    case 'sign': {
      const operand = evaluate(node.operand, scope, runtime);
      return node.sign === '~' ? inverted(operand) : signed(node.sign, operand);
    }
    case 'arithmetic':
      return calculate(node, scope, runtime);
    case 'concatenation': {
      const texts = node.items.map((each) => show(evaluate(each, scope, runtime), runtime.meter));
      return joinTexts(texts, '', runtime.meter);
    }
    case 'comparison':
      return compareAll(node, scope, runtime);
    case 'and':
    case 'or':
      return logical(node, scope, runtime);
    case 'conditional':
      return conditional(node, scope, runtime);
  }
}

function undefinedName(name: string, { strict }: Runtime): Undefined {
  if (strict) throw new TemplateError(`name '${name}' is not defined`);
  return Undefined.name(name);
}

type Node<T extends Expression['type']> = Extract<Expression, { readonly type: T }>;

function dict(node: Node<'dict'>, scope: Scope, runtime: Runtime): Dict {
  runtime.meter.spend(STEP);
  const entries = new KeyMap<Value>();
  for (const [keyNode, value] of node.entries) {
    const key = keyOf(evaluate(keyNode, scope, runtime), runtime.meter);
    entries.set(key, evaluate(value, scope, runtime));
  }
  return new Dict(entries);
}

function logical(node: Node<'and' | 'or'>, scope: Scope, runtime: Runtime): Value {
  let value: Value = null;
  for (const each of node.items) {
    value = evaluateMarked(each, scope, runtime);
    if (truth(value) === (node.type === 'or')) return value;
  }
  return value;
}

function conditional(node: Node<'conditional'>, scope: Scope, runtime: Runtime): Value {
  if (truth(evaluate(node.test, scope, runtime))) return evaluateMarked(node.chosen, scope, runtime);
  if (node.otherwise !== undefined) return evaluateMarked(node.otherwise, scope, runtime);
  return Undefined.silent('the inline if-expression evaluated to false and no else section was defined.');
}

function calculate(node: Node<'arithmetic'>, scope: Scope, runtime: Runtime): Value {
  let value = evaluateMarked(node.first, scope, runtime);
  for (const { operator, operand } of node.rest)
    value = operate(
      operator as Operator | BitOperator,
      value,
      evaluateMarked(operand, scope, runtime),
      runtime,
    );
  return value;
}

function operate(operator: Operator | BitOperator, left: Value, right: Value, runtime: Runtime): Value {
  if (left instanceof Markup || right instanceof Markup) return operateMarked(operator, left, right, runtime);
  switch (operator) {
    case '|':
    case '&':
    case '^':
    case '<<':
    case '>>':
      return bitwise(operator, left, right, runtime.meter);
    case '+':
      return add(left, right, runtime.meter);
    case '-':
      return subtract(left, right, runtime.meter);
    case '*':
      return multiply(left, right, runtime.meter);
    case '%':
      if (typeof left === 'string') return percentFormat(left, right, runtime);
      return arithmetic(operator, left, right, runtime.meter);
    case '/':
    case '//':
      if (left instanceof TimeDelta && (right instanceof TimeDelta || numberOf(right) !== undefined))
        return divideDelta(operator, left, right instanceof TimeDelta ? right : Number(right));
      return arithmetic(operator, left, right, runtime.meter);
    default:
      return arithmetic(operator, left, right, runtime.meter);
  }
}

/** As MarkupSafe does: what is added to HTML, or formatted into it, is escaped. */
function operateMarked(operator: Operator | BitOperator, left: Value, right: Value, runtime: Runtime): Value {
  if (operator === '+' && [left, right].every((each) => each instanceof Markup || typeof each === 'string')) {
    const [a, b] = [left, right].map((each) => escapedText(each, runtime)) as [string, string];
    return new Markup(joinTexts([a, b], '', runtime.meter));
  }
  if (operator === '%' && left instanceof Markup)
    return new Markup(percentFormat(left.text, escapedValue(right, runtime), runtime));
  return operate(operator, unmarked(left), unmarked(right), runtime);
}

const unmarked = (value: Value): Value => (value instanceof Markup ? value.text : value);

/** Return a text as HTML. */
function escapedText(value: Value, { meter }: Runtime): string {
  if (value instanceof Markup) return value.text;
  const text = show(value, meter);
  meter.spend(text.length * SCAN * 3);
  return escapeHtml(text);
}

/** Escape the texts among what is formatted into HTML. A tuple may stand in another many times, and is paid for each time. */
function escapedValue(value: Value, runtime: Runtime): Value {
  runtime.meter.enter();
  const escaped = escapedWithin(value, runtime);
  runtime.meter.leave();
  return escaped;
}

function escapedWithin(value: Value, runtime: Runtime): Value {
  if (typeof value === 'string' || value instanceof Markup) return escapedText(value, runtime);
  if (value instanceof List && value.tuple)
    return new List(
      value.items.map((item) => escapedValue(item, runtime)),
      { tuple: true },
    );
  if (!(value instanceof Dict)) return value;
  runtime.meter.spend((value.entries.size + 1) * 2 * STEP);
  return new Dict(new KeyMap(Array.from(value.entries, ([key, item]) => [key, escapedValue(item, runtime)])));
}

/** Evaluate a chain such as `a < b < c`, up to the first comparison that does not hold. */
function compareAll(node: Node<'comparison'>, scope: Scope, runtime: Runtime): Value {
  let left = evaluate(node.first, scope, runtime);
  for (const { operator, operand } of node.rest) {
    const right = evaluate(operand, scope, runtime);
    if (!holds(operator, left, right, runtime.meter)) return false;
    left = right;
  }
  return true;
}

function test(node: Node<'test'>, scope: Scope, runtime: Runtime): boolean {
  const value = evaluateMarked(node.target, scope, runtime);
  const target = node.name === 'escaped' ? value : unmarked(value);
  const tested = runtime.tests.get(node.name);
  if (tested === undefined) throw new TemplateError(`No test named '${node.name}'.`);
  return tested(target, passedArguments(node.name, node.passed, scope, runtime), runtime);
}

/** Apply a filter to a value. */
export function applyFilter(filter: FilterCall, value: Value, scope: Scope, runtime: Runtime): Value {
  runtime.meter.spend(STEP);
  const operation = runtime.filters.get(filter.name);
  if (operation === undefined) throw new TemplateError(`No filter named '${filter.name}'.`);
  const args = passedArguments(filter.name, filter.passed, scope, runtime);
  if (!(value instanceof Markup)) return markedBy(filter.name, operation(value, args, runtime), MARKS);
  if (ESCAPES.has(filter.name)) return value;
  const passed = filter.name === 'format' ? escapedArguments(args, runtime) : args;
  return markedBy(filter.name, operation(value.text, passed, runtime), KEEPS);
}

const markedBy = (name: string, value: Value, filters: ReadonlySet<string>): Value =>
  typeof value === 'string' && filters.has(name) ? new Markup(value) : value;

/** Filters that leave HTML as it is. */
const ESCAPES: ReadonlySet<string> = new Set(['e', 'escape']);
/** Filters whose result is HTML. */
const MARKS: ReadonlySet<string> = new Set([...ESCAPES, 'forceescape', 'safe', 'tojson']);
/** Filters whose result is HTML if their value is. */
const KEEPS: ReadonlySet<string> = new Set([
  ...MARKS,
  ...['upper', 'lower', 'capitalize', 'trim', 'string', 'str', 'center', 'truncate', 'indent', 'format'],
]);

function escapedArguments({ callee, positional, named }: Arguments, runtime: Runtime): Arguments {
  const asHtml = (value: Value) => escapedValue(value, runtime);
  return new Arguments(
    callee,
    positional.map(asHtml),
    new Map(Array.from(named, ([name, value]) => [name, asHtml(value)])),
  );
}

function comprehend(comprehension: Comprehension, scope: Scope, runtime: Runtime): Value {
  const { kind, element, value } = comprehension;
  const { meter } = runtime;
  const items: Value[] = [];
  const entries = new KeyMap<Value>();
  const keys = new KeySet();
  const collect = (inner: Scope) => {
    const item = evaluate(element, inner, runtime);
    if (kind === 'list') items.push(item);
    else if (kind === 'set') keys.add(keyOf(item, meter));
    else entries.set(keyOf(item, meter), value === undefined ? null : evaluate(value, inner, runtime));
    meter.slots(items.length + entries.size + keys.size);
    meter.spend(STEP);
  };
  loop(comprehension.clauses, scope, runtime, collect);
  if (kind === 'list') return new List(items);
  return kind === 'set' ? new SetValue(keys) : new Dict(entries);
}

/** Run a function in the scope of each element that the clauses of a comprehension select. */
function loop(
  clauses: Comprehension['clauses'],
  scope: Scope,
  runtime: Runtime,
  run: (inner: Scope) => void,
): void {
  const [clause, ...others] = clauses;
  if (clause === undefined) {
    run(scope);
    return;
  }
  for (const item of [...iterate(evaluate(clause.iterable, scope, runtime), runtime.meter)]) {
    runtime.meter.spend(STEP);
    const inner = new Scope(scope);
    assign(clause.target, item, inner, runtime);
    if (clause.tests.every((each) => truth(evaluate(each, inner, runtime))))
      loop(others, inner, runtime, run);
  }
}

function lambda({ parameters, body }: Node<'lambda'>, scope: Scope): Callable {
  return new Callable('<lambda>', (args, runtime) => {
    // Each name is looked for among the parameters.
    runtime.meter.spend(STEP + parameters.length * (VISIT + args.named.size));
    const given = args.bind(...parameters.map(({ name }) => name));
    const inner = new Scope(scope);
    for (const [at, { name, initial }] of parameters.entries()) {
      const value = or(given[at], () => initial && evaluate(initial, scope, runtime));
      if (value === undefined) throw args.error(`needs the argument '${name}'`);
      inner.set(name, value);
    }
    return evaluate(body, inner, runtime);
  });
}

function formatted(parts: readonly FormatPart[], scope: Scope, runtime: Runtime): string {
  const texts = parts.map((part) => {
    if (typeof part === 'string') return part;
    const value = evaluate(part.value, scope, runtime);
    return formatValue(
      converted(value, part.conversion, runtime),
      formatted(part.spec, scope, runtime),
      runtime,
    );
  });
  return joinTexts(texts, '', runtime.meter);
}

function call(node: Node<'call'>, scope: Scope, runtime: Runtime): Value {
  return callWith(node, new Map(), scope, runtime);
}

/** Evaluate a call with additional named arguments: a call block passes its `caller`. */
export function callWith(
  { target, passed }: Node<'call'>,
  more: ReadonlyMap<string, Value>,
  scope: Scope,
  runtime: Runtime,
): Value {
  runtime.meter.spend(STEP);
  const callee =
    target.type === 'attribute'
      ? attribute(evaluate(target.target, scope, runtime), target.name, true, runtime)
      : evaluate(target, scope, runtime);
  const args = passedArguments(calleeName(callee, target), passed, scope, runtime, more);
  if (callee instanceof Callable || callee instanceof Thing) return callee.call(args, runtime);
  if (callee instanceof Undefined) throw new TemplateError(callee.reason);
  throw new TemplateError(`'${typeName(callee)}' object is not callable`);
}

function calleeName(callee: Value, target: Expression): string {
  if (callee instanceof Callable) return callee.name;
  return target.type === 'name' || target.type === 'attribute' ? target.name : 'call';
}

function passedArguments(
  callee: string,
  passed: Passed,
  scope: Scope,
  runtime: Runtime,
  more: ReadonlyMap<string, Value> = new Map(),
): Arguments {
  const positional: Value[] = [];
  for (const { spread, value } of passed.positional) {
    const evaluated = evaluate(value, scope, runtime);
    if (!spread) positional.push(evaluated);
    else {
      const items = iterate(evaluated, runtime.meter);
      runtime.meter.elements(items.length);
      for (const each of items) positional.push(each);
    }
  }
  const named = new Map<string, Value>();
  const give = (name: string, value: Value) => {
    if (named.has(name)) throw new TemplateError(`${callee}() gets '${name}' twice`);
    named.set(name, value);
  };
  for (const { name, value } of passed.named) {
    const evaluated = evaluate(value, scope, runtime);
    if (name !== undefined) give(name, evaluated);
    else giveAll(evaluated, give, runtime);
  }
  for (const [name, value] of more) give(name, value);
  return new Arguments(callee, positional, named);
}

function giveAll(mapping: Value, give: (name: string, value: Value) => void, { meter }: Runtime): void {
  if (!(mapping instanceof Dict))
    throw new TemplateError(`argument after ** must be a mapping, not ${typeName(mapping)}`);
  meter.elements(mapping.entries.size);
  meter.spend(mapping.entries.size * VISIT);
  for (const [name, value] of mapping.entries) {
    if (typeof name !== 'string') throw new TemplateError('keywords must be strings');
    give(name, value);
  }
}
