import { bitLength } from '../values/numbers.ts';
import { type Arguments, Callable, type Value } from '../values/values.ts';

type Method<T> = (value: T, args: Arguments) => Value;

/** A document's status is an int with these methods (`frappe.model.docstatus`). */
const intMethods: ReadonlyMap<string, Method<bigint>> = new Map<string, Method<bigint>>([
  ['is_draft', (value) => value === 0n],
  ['is_submitted', (value) => value === 1n],
  ['is_cancelled', (value) => value === 2n],
  ['bit_length', (value) => BigInt(bitLength(value))],
  ['conjugate', (value) => value],
]);

const floatMethods: ReadonlyMap<string, Method<number>> = new Map<string, Method<number>>([
  ['is_integer', (value) => Number.isInteger(value)],
  ['conjugate', (value) => value],
]);

/** Return an attribute or a method of a number. */
export function numberAttribute(value: bigint | number, name: string): Value | undefined {
  if (name === 'real') return value;
  if (name === 'imag') return typeof value === 'bigint' ? 0n : 0;
  if (typeof value === 'bigint') {
    if (name === 'numerator') return value;
    return name === 'denominator' ? 1n : method(value, name, intMethods);
  }
  return method(value, name, floatMethods);
}

function method<T>(value: T, name: string, methods: ReadonlyMap<string, Method<T>>): Callable | undefined {
  const call = methods.get(name);
  return call && new Callable(name, (args) => args.bind() && call(value, args));
}
