import { TemplateError } from '../errors.ts';
import { floatToInt, roundFloat } from './numbers.ts';
import { typeName, type Value } from './values.ts';

/**
 * Frappe's `rounded`. The default is its "Banker's Rounding (legacy)", which rounds a half to even only without a precision.
 * Its two other methods are chosen by name.
 */
export function rounded(value: number, precision: number, method: Value = null): bigint | number {
  if (precision > 300 || precision < -300) return precision > 0 ? value : 0;
  switch (method) {
    case null:
    case "Banker's Rounding (legacy)":
      return legacy(value, precision);
    case "Banker's Rounding":
      return bankers(value, precision);
    case 'Commercial Rounding':
      return value === 0 ? 0 : roundFloat(value + Math.sign(value) * epsilon(value), precision);
    default:
      throw new TemplateError(
        `Unknown Rounding Method: ${typeof method === 'string' ? method : typeName(method)}`,
      );
  }
}

const epsilon = (value: number) => 2 ** (Math.log2(Math.abs(value)) - 52);
const even = (floor: number) => (floor % 2 === 0 ? floor : floor + 1);

/** Without a precision it returns an int, like Python's `math.floor` and `round`. */
function legacy(value: number, precision: number): bigint | number {
  const multiplier = 10 ** precision;
  const scaled = roundFloat(precision === 0 ? value : value * multiplier, 8);
  const floor = Math.floor(scaled);
  const half = scaled - floor === 0.5;
  const whole = half ? (precision === 0 ? even(floor) : floor + 1) : roundFloat(scaled, 0);
  // Python rounds to an int, which has no negative zero.
  return precision === 0 ? floatToInt(whole) : (whole + 0) / multiplier;
}

function bankers(value: number, precision: number): number {
  const multiplier = 10 ** precision;
  const scaled = roundFloat(value * multiplier, 12);
  if (scaled === 0) return 0;
  const floor = Math.floor(scaled);
  const half = Math.abs(scaled - floor - 0.5) < epsilon(scaled);
  return ((half ? even(floor) : roundFloat(scaled, 0)) + 0) / multiplier;
}
