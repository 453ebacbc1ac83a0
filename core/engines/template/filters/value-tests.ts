import { isLower, isUpper } from '../members/string-methods.ts';
import { SCAN, type StepMeter } from '../step-meter.ts';
import { arithmetic, compare, contains, equals, identical, numberOf } from '../values/operators.ts';
import { show } from '../values/show.ts';
import {
  type Arguments,
  Bytes,
  Callable,
  Dict,
  List,
  Markup,
  type Runtime,
  SetValue,
  type Test,
  Undefined,
  type Value,
} from '../values/values.ts';

/** The tests that may follow `is` (Jinja's "List of Builtin Tests"). */
export const tests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['defined', alone((value) => !(value instanceof Undefined))],
  ['undefined', alone((value) => value instanceof Undefined)],
  ['none', alone((value) => value === null)],
  ['true', alone((value) => value === true)],
  ['false', alone((value) => value === false)],
  ['boolean', alone((value) => typeof value === 'boolean')],
  ['integer', alone((value) => typeof value === 'bigint')],
  ['float', alone((value) => typeof value === 'number')],
  // In Python, a bool is a number too.
  ['number', alone((value) => numberOf(value) !== undefined)],
  ['string', alone((value) => typeof value === 'string')],
  ['mapping', alone((value) => value instanceof Dict)],
  ['sequence', alone(isIterable)],
  ['iterable', alone(isIterable)],
  // To Jinja, a missing value can be called too: only then is it an error.
  ['callable', alone((value) => value instanceof Callable || value instanceof Undefined)],
  ['odd', alone((value, runtime) => leaves(1, value, 2n, runtime))],
  ['even', alone((value, runtime) => leaves(0, value, 2n, runtime))],
  ['divisibleby', (value, args, runtime) => leaves(0, value, args.require('num')[0] as Value, runtime)],
  ['lower', alone((value, { meter }) => isCase(value, meter, isLower))],
  ['upper', alone((value, { meter }) => isCase(value, meter, isUpper))],
  ['sameas', (value, args, { meter }) => identical(value, other(args), meter)],
  ['in', (value, args, { meter }) => contains(other(args), value, meter)],
  ['filter', alone((value, { filters }) => typeof value === 'string' && filters.has(value))],
  ['test', alone((value, runtime) => typeof value === 'string' && runtime.tests.has(value))],
  ['escaped', alone((value) => value instanceof Markup)],
  ...named(['==', 'eq', 'equalto'], (a, b, { meter }) => equals(a, b, meter)),
  ...named(['!=', 'ne'], (a, b, { meter }) => !equals(a, b, meter)),
  ...named(['<', 'lt', 'lessthan'], (a, b, { meter }) => compare(a, b, '<', meter) < 0),
  ...named(['<=', 'le'], (a, b, { meter }) => compare(a, b, '<=', meter) <= 0),
  ...named(['>', 'gt', 'greaterthan'], (a, b, { meter }) => compare(a, b, '>', meter) > 0),
  ...named(['>=', 'ge'], (a, b, { meter }) => compare(a, b, '>=', meter) >= 0),
]);

/** Create a test without arguments. */
function alone(holds: (value: Value, runtime: Runtime) => boolean): Test {
  return (value, args, runtime) => {
    args.bind();
    return holds(value, runtime);
  };
}

function named(
  names: readonly string[],
  holds: (a: Value, b: Value, runtime: Runtime) => boolean,
): [string, Test][] {
  return names.map((name) => [name, (value, args, runtime) => holds(value, other(args), runtime)]);
}

function other(args: Arguments): Value {
  return args.require('other')[0] as Value;
}

function leaves(remainder: number, value: Value, divisor: Value, { meter }: Runtime): boolean {
  return Number(arithmetic('%', value, divisor, meter)) === remainder;
}

function isCase(value: Value, meter: StepMeter, holds: (text: string) => boolean): boolean {
  const text = show(value, meter);
  meter.spend(text.length * SCAN * 2);
  return holds(text);
}

function isIterable(value: Value): boolean {
  return (
    typeof value === 'string' ||
    value instanceof List ||
    value instanceof Dict ||
    value instanceof SetValue ||
    value instanceof Bytes ||
    value instanceof Undefined
  );
}
