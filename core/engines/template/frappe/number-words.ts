import { STEP } from '../step-meter.ts';
import { floatOf, textOf, toFloat, toInt } from '../values/coerce.ts';
import { fixedText } from '../values/numbers.ts';
import { titled } from '../values/text.ts';
import type { Arguments, Runtime, Value } from '../values/values.ts';

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES =
  ' thousand million billion trillion quadrillion quintillion sextillion septillion octillion'.split(' ');
const MAX_DIGITS = SCALES.length * 3;

/** Return a number below 1000 in words. */
function smallWords(value: number): string {
  if (value < 20) return SMALL[value] as string;
  if (value < 100) {
    const ten = TENS[Math.floor(value / 10)] as string;
    return value % 10 === 0 ? ten : `${ten} ${SMALL[value % 10]}`;
  }
  const hundreds = `${SMALL[Math.floor(value / 100)]} hundred`;
  return value % 100 === 0 ? hundreds : `${hundreds} and ${smallWords(value % 100)}`;
}

/** `num2words` in English, without its hyphens: one thousand, two hundred and thirty four. */
function words(value: bigint): string {
  if (value < 0n) return `minus ${words(-value)}`;
  if (value === 0n) return 'zero';
  const digits = value.toString();
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const last = Number(groups.at(-1));
  const parts = groups.flatMap((group, at) => {
    if (Number(group) === 0) return [];
    const scale = SCALES[groups.length - 1 - at] as string;
    return [scale === '' ? smallWords(Number(group)) : `${smallWords(Number(group))} ${scale}`];
  });
  if (parts.length === 1 || last === 0 || last >= 100) return parts.join(', ');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** Frappe's `in_words`, in English. */
export function inWords(args: Arguments, { meter }: Runtime): string {
  meter.spend(32 * STEP);
  const [value = null] = args.bind('integer', 'in_million');
  const int = toInt(value);
  if (int === undefined) throw args.error('needs an integer');
  if (int.toString().length > MAX_DIGITS) throw args.error('needs a smaller integer');
  return words(int);
}

/** Frappe's `money_in_words`. The defaults are those of a site that has set no currency. */
export function moneyInWords(args: Arguments, { meter }: Runtime): Value {
  meter.spend(64 * STEP);
  const [value = null, main = null, fraction = null] = args.bind(
    'number',
    'main_currency',
    'fraction_currency',
  );
  // As in Python, only a text may be no number.
  const number = typeof value === 'string' ? toFloat(value) : floatOf(value, 'number');
  if (number === undefined || !(number >= 0 && number < 1e27)) return '';
  const currency = main === null || main === '' ? 'INR' : textOf(main, 'main_currency');
  const part = fraction === null || fraction === '' ? 'Cent' : textOf(fraction, 'fraction_currency');
  const [whole = '0', cents = '00'] = fixedText(number, 2).split('.');
  meter.text(currency.length + part.length + 512);
  const written = (digits: string) => titled(words(BigInt(digits)));
  if (whole === '0') return cents === '00' ? `${currency} Zero only.` : `${written(cents)} ${part} only.`;
  const more = cents === '00' ? '' : ` and ${written(cents)} ${part}`;
  return `${currency} ${written(whole)}${more} only.`;
}
