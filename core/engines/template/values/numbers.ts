import { RenderLimitError, TemplateError } from '../errors.ts';

/** The digits of the largest int, so that every int fits a float. Python does not show ints of more than 4300 digits. */
export const MAX_DIGITS = 300;
const LARGEST = 10n ** BigInt(MAX_DIGITS);
/** The bits of {@link LARGEST}. */
export const MAX_BITS = 997;
const SMALL = 2n ** 64n;

/** Return an int unchanged. @throws RenderLimitError if it has more than 300 digits */
export function boundedInt(value: bigint): bigint {
  if (value >= LARGEST || value <= -LARGEST) throw tooManyDigits();
  return value;
}

export const tooManyDigits = (): RenderLimitError =>
  new RenderLimitError(`makes an integer of more than ${MAX_DIGITS} digits`);

/** Return whether arithmetic with this int is slower than with a machine word. */
export const isLarge = (value: bigint): boolean => value >= SMALL || value <= -SMALL;

/** Return the bits of an int, rounded up to a multiple of four for large ones. */
export function bitLength(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  return magnitude < SMALL ? Math.ceil(Math.log2(Number(magnitude) + 1)) : magnitude.toString(16).length * 4;
}

/** Python's `repr` of a float: the shortest digits that read back the same, with an exponent from 1e+16 on. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= 16 || power < -4)
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0');
  return `${sign}${whole}.${digits.slice(power + 1) || '0'}`;
}

const bits = new DataView(new ArrayBuffer(8));

/**
 * Return a finite float times a power of ten, rounded half to even from its exact binary value, as in Python's `round` and
 * `%.2f`: the float 2.675 is slightly less than 2.675, so its second digit rounds down.
 */
function scaled(value: number, places: number): bigint {
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const exponent = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  const power = Math.max(exponent, 1) - 1075;
  let numerator = high >>> 31 === 1 ? -mantissa : mantissa;
  let denominator = 1n;
  if (places >= 0) numerator *= 10n ** BigInt(places);
  else denominator *= 10n ** BigInt(-places);
  if (power >= 0) numerator <<= BigInt(power);
  else denominator <<= BigInt(-power);
  return divideHalfEven(numerator, denominator);
}

function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = floorDivide(numerator, denominator);
  const twice = 2n * (numerator - quotient * denominator);
  if (twice > denominator || (twice === denominator && quotient % 2n !== 0n)) return quotient + 1n;
  return quotient;
}

/** Python's `round(value, places)`. */
export function roundFloat(value: number, places: number): number {
  if (!Number.isFinite(value) || value === 0 || places > 330) return value;
  if (places < -330) return value * 0;
  const rounded = Number(`${scaled(value, places)}e${-places}`);
  return rounded === 0 && value < 0 ? -0 : rounded;
}

/** Python's `round(value, places)` of an int, which only negative places change. */
export function roundInt(value: bigint, places: number): bigint {
  if (places >= 0) return value;
  if (places < -MAX_DIGITS) return 0n;
  const unit = 10n ** BigInt(-places);
  return divideHalfEven(value, unit) * unit;
}

/** Format a float with exactly this many decimals, as `%.2f` does. Callers bound the places to 400. */
export function fixedText(value: number, places: number): string {
  if (!Number.isFinite(value)) return floatText(value);
  const digits = scaled(Math.abs(value), places)
    .toString()
    .padStart(places + 1, '0');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return `${sign}${digits.slice(0, digits.length - places)}${places > 0 ? `.${digits.slice(-places)}` : ''}`;
}

/** Format a float with an exponent and exactly this many decimals, as `%.2e` does. */
export function exponentText(value: number, places: number): string {
  if (!Number.isFinite(value)) return floatText(value);
  const magnitude = Math.abs(value);
  let power = magnitude === 0 ? 0 : Number(magnitude.toExponential().split('e')[1]);
  let digits = scaled(magnitude, places - power).toString();
  // Rounding 9.99 up adds a digit.
  if (digits.length > places + 1) digits = scaled(magnitude, places - ++power).toString();
  digits = digits.padEnd(places + 1, '0');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const exponent = `e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return `${sign}${digits[0]}${places > 0 ? `.${digits.slice(1)}` : ''}${exponent}`;
}

/** Python's `//` of ints, which rounds down. */
export function floorDivide(left: bigint, right: bigint): bigint {
  const quotient = left / right;
  return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient;
}

/** Python's `%` of ints, which has the divisor's sign. */
export function moduloInt(left: bigint, right: bigint): bigint {
  const remainder = left % right;
  return remainder !== 0n && remainder < 0n !== right < 0n ? remainder + right : remainder;
}

/** CPython's `float_divmod`: return `[left // right, left % right]` of floats. */
export function divmodFloat(left: number, right: number): [number, number] {
  if (right === 0) throw new TemplateError('float division by zero');
  let modulo = left % right;
  let quotient = (left - modulo) / right;
  if (modulo !== 0) {
    if (right < 0 !== modulo < 0) {
      modulo += right;
      quotient -= 1;
    }
  } else modulo = right < 0 ? -0 : 0;
  if (quotient === 0) return [left / right < 0 || Object.is(left / right, -0) ? -0 : 0, modulo];
  const floor = Math.floor(quotient);
  return [quotient - floor > 0.5 ? floor + 1 : floor, modulo];
}

/** The characters of a number's text. Longer texts are not numbers. */
export const MAX_LITERAL = 400;
const INT = /^[+-]?\d+(?:_\d+)*$/;
const FLOAT = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;

/** Write the decimal digits of all scripts as ASCII: their blocks begin with zero, and have ten each. */
function asciiDigits(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String((code - zero) % 10);
  });
}

/** Python's `int(text, base)`. Return undefined if that raises a ValueError. */
export function parseInteger(text: string, base = 10): bigint | undefined {
  if (text.length > MAX_LITERAL) return undefined;
  const literal = asciiDigits(text.trim()).replaceAll(/(?<=[\da-zA-Z])_(?=[\da-zA-Z])/g, '');
  if (base === 10) {
    if (!INT.test(literal)) return undefined;
    const value = BigInt(literal.replace('+', ''));
    return value < LARGEST && value > -LARGEST ? value : undefined;
  }
  if (!(base === 2 || base === 8 || base === 16)) return undefined;
  const prefix = base === 2 ? '0b' : base === 8 ? '0o' : '0x';
  const [, sign = '', digits = ''] = /^([+-]?)(?:0[bBoOxX])?([\da-fA-F]{1,200})$/.exec(literal) ?? [];
  if (digits === '' || [...digits].some((digit) => Number.parseInt(digit, 16) >= base)) return undefined;
  const value = BigInt(prefix + digits);
  return sign === '-' ? -value : value;
}

/** Python's `float(text)`. Return undefined if that raises a ValueError. */
export function parseFloating(text: string): number | undefined {
  if (text.length > MAX_LITERAL) return undefined;
  const literal = asciiDigits(text.trim());
  if (FLOAT.test(literal)) return Number(literal.replaceAll('_', ''));
  const [, sign, word] = /^([+-]?)(inf|infinity|nan)$/i.exec(literal) ?? [];
  if (word === undefined) return undefined;
  return word.toLowerCase() === 'nan' ? Number.NaN : Number(`${sign}Infinity`);
}

/** Python's `float(int)`. */
export function intToFloat(value: bigint): number {
  const float = Number(value);
  if (!Number.isFinite(float)) throw new TemplateError('int too large to convert to float');
  return float;
}

/** Python's `int(float)`. */
export function floatToInt(value: number): bigint {
  if (!Number.isFinite(value)) throw new TemplateError(`cannot convert float ${floatText(value)} to integer`);
  return BigInt(Math.trunc(value));
}
