import type { Expression, FilterCall, Passed } from './ast.ts';
import { TimeDelta } from './dates.ts';
import { TemplateError } from './errors.ts';
import { attribute, item } from './members.ts';
import {
  add,
  arithmetic,
  compare,
  contains,
  divideDelta,
  equals,
  iterate,
  keyOf,
  multiply,
  numberOf,
  type Operator,
  signed,
  slice,
  subtract,
  truth,
} from './operators.ts';
import { percentFormat } from './python-format.ts';
import type { Scope } from './scope.ts';
import { show } from './show.ts';
import { STEP } from './step-meter.ts';
import { joinTexts } from './string-methods.ts';
import {
  Arguments,
  Callable,
  Dict,
  type Key,
  List,
  or,
  type Runtime,
  Thing,
  typeName,
  Undefined,
  type Value,
} from './values.ts';

/** Evaluate an expression. @throws TemplateError */
export function evaluate(node: Expression, scope: Scope, runtime: Runtime): Value {
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
      return or(scope.lookup(node.name), () => Undefined.name(node.name));
    case 'list':
      return new List(
        node.items.map((each) => evaluate(each, scope, runtime)),
        { tuple: node.tuple },
      );
    case 'dict':
      return dict(node, scope, runtime);
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
      return applyFilter(node.filter, evaluate(node.target, scope, runtime), scope, runtime);
    case 'test':
      return test(node, scope, runtime);
    case 'identity': {
      const left = evaluate(node.left, scope, runtime);
      return Object.is(left, evaluate(node.right, scope, runtime));
    }
    case 'not':
      return !truth(evaluate(node.operand, scope, runtime));
    case 'sign':
      return signed(node.sign, evaluate(node.operand, scope, runtime));
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

type Node<T extends Expression['type']> = Extract<Expression, { readonly type: T }>;

function dict(node: Node<'dict'>, scope: Scope, runtime: Runtime): Dict {
  runtime.meter.spend(STEP);
  const entries = new Map<Key, Value>();
  for (const [keyNode, value] of node.entries) {
    const key = keyOf(evaluate(keyNode, scope, runtime));
    runtime.meter.spend(typeof key === 'string' ? key.length : STEP);
    entries.set(key, evaluate(value, scope, runtime));
  }
  return new Dict(entries);
}

function logical(node: Node<'and' | 'or'>, scope: Scope, runtime: Runtime): Value {
  let value: Value = null;
  for (const each of node.items) {
    value = evaluate(each, scope, runtime);
    if (truth(value) === (node.type === 'or')) return value;
  }
  return value;
}

function conditional(node: Node<'conditional'>, scope: Scope, runtime: Runtime): Value {
  if (truth(evaluate(node.test, scope, runtime))) return evaluate(node.chosen, scope, runtime);
  if (node.otherwise !== undefined) return evaluate(node.otherwise, scope, runtime);
  return Undefined.silent('the inline if-expression evaluated to false and no else section was defined.');
}

function calculate(node: Node<'arithmetic'>, scope: Scope, runtime: Runtime): Value {
  let value = evaluate(node.first, scope, runtime);
  for (const { operator, operand } of node.rest)
    value = operate(operator as Operator, value, evaluate(operand, scope, runtime), runtime);
  return value;
}

function operate(operator: Operator, left: Value, right: Value, runtime: Runtime): Value {
  switch (operator) {
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

/** Evaluate a chain such as `a < b < c`, up to the first comparison that does not hold. */
function compareAll(node: Node<'comparison'>, scope: Scope, runtime: Runtime): Value {
  let left = evaluate(node.first, scope, runtime);
  for (const { operator, operand } of node.rest) {
    const right = evaluate(operand, scope, runtime);
    if (!holds(operator, left, right, runtime)) return false;
    left = right;
  }
  return true;
}

function holds(operator: string, left: Value, right: Value, { meter }: Runtime): boolean {
  switch (operator) {
    case '==':
      return equals(left, right, meter);
    case '!=':
      return !equals(left, right, meter);
    case 'in':
      return contains(right, left, meter);
    case 'not in':
      return !contains(right, left, meter);
    case '<':
      return compare(left, right, operator, meter) < 0;
    case '<=':
      return compare(left, right, operator, meter) <= 0;
    case '>':
      return compare(left, right, operator, meter) > 0;
    default:
      return compare(left, right, operator, meter) >= 0;
  }
}

function test(node: Node<'test'>, scope: Scope, runtime: Runtime): boolean {
  const target = evaluate(node.target, scope, runtime);
  const tested = runtime.tests.get(node.name);
  if (tested === undefined) throw new TemplateError(`No test named '${node.name}'.`);
  return tested(target, passedArguments(node.name, node.passed, scope, runtime), runtime);
}

/** Apply a filter to a value. */
export function applyFilter(filter: FilterCall, value: Value, scope: Scope, runtime: Runtime): Value {
  runtime.meter.spend(STEP);
  const operation = runtime.filters.get(filter.name);
  if (operation === undefined) throw new TemplateError(`No filter named '${filter.name}'.`);
  return operation(value, passedArguments(filter.name, filter.passed, scope, runtime), runtime);
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
  for (const [name, value] of mapping.entries) {
    if (typeof name !== 'string') throw new TemplateError('keywords must be strings');
    give(name, value);
  }
}
