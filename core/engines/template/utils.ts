import { cint, countOf, cstr, floatOf, textOf, toFloat } from './coerce.ts';
import { dateUtils } from './date-utils.ts';
import { fmtMoney } from './fmt-money.ts';
import { callables } from './globals.ts';
import { floatToInt } from './numbers.ts';
import { arithmetic } from './operators.ts';
import { rounded } from './rounding.ts';
import { show } from './show.ts';
import { SCAN, STEP, VISIT } from './step-meter.ts';
import { joinTexts } from './string-methods.ts';
import { escapeHtml } from './text.ts';
import { withoutTags } from './text-filters.ts';
import { flt } from './value-filters.ts';
import { Arguments, List, type Runtime, Thing, type Value } from './values.ts';

/** The functions of `frappe.utils` that webhooks use. Times are in UTC and texts in English. */
class Utils extends Thing {
  readonly typeName = 'utils';
  readonly #functions: ReadonlyMap<string, Value>;

  constructor(functions: ReadonlyMap<string, Value>) {
    super();
    this.#functions = functions;
  }

  attribute(name: string): Value | undefined {
    return this.#functions.get(name);
  }
}

/** Charge a date function for its work on the parts of dates. */
function paid(call: (args: Arguments, runtime: Runtime) => Value): typeof call {
  return (args, runtime) => {
    runtime.meter.spend(16 * STEP);
    return call(args, runtime);
  };
}

export const utils: Thing = new Utils(
  callables([
    ...dateUtils.map(([name, call]) => [name, paid(call)] as const),
    ['flt', fltOf],
    ['cint', cintOf],
    ['cstr', (args, runtime) => cstr(first(args), runtime)],
    ['floor', (args) => whole(args, Math.floor)],
    ['ceil', (args) => whole(args, Math.ceil)],
    ['rounded', roundedOf],
    ['remainder', remainder],
    ['safe_div', safeDivision],
    ['fmt_money', fmtMoney],
    ['comma_and', (args, runtime) => commaSeparated(args, runtime, 'and')],
    ['comma_or', (args, runtime) => commaSeparated(args, runtime, 'or')],
    ['strip_html', (args, runtime) => changed(args, runtime, withoutTags)],
    [
      'escape_html',
      (args, runtime) =>
        changed(args, runtime, (text) =>
          escapeHtml(text).replaceAll('&#39;', '&apos;').replaceAll('&#34;', '&quot;'),
        ),
    ],
  ]),
);

const first = (args: Arguments): Value => args.require('value')[0] as Value;

function fltOf(args: Arguments, runtime: Runtime): Value {
  const [value = null, precision = null, method = null] = args.bind('s', 'precision', 'rounding_method');
  return flt(value, new Arguments('flt', [precision, method]), runtime);
}

function cintOf(args: Arguments): Value {
  const [value = null, otherwise] = args.bind('s', 'default');
  return cint(value, otherwise);
}

function whole(args: Arguments, round: (value: number) => number): Value {
  const float = toFloat(first(args));
  return float === undefined || !Number.isFinite(float) ? 0n : floatToInt(round(float));
}

function roundedOf(args: Arguments, { meter }: Runtime): Value {
  meter.spend(16 * STEP);
  const [value = null, precision = 0n, method = null] = args.bind('num', 'precision', 'rounding_method');
  return rounded(floatOf(value, 'num'), countOf(cint(precision), 'precision'), method);
}

function remainder(args: Arguments, runtime: Runtime): Value {
  const { meter } = runtime;
  meter.spend(16 * STEP);
  const [numerator = null, denominator = null, precision = 2n] = args.bind(
    'numerator',
    'denominator',
    'precision',
  );
  const places = countOf(cint(precision), 'precision');
  if (places === 0)
    return flt(arithmetic('%', numerator, denominator, meter), new Arguments('flt', [0n]), runtime);
  const factor = 10 ** places;
  const left = floatOf(numerator, 'numerator') * factor;
  const right = floatOf(denominator, 'denominator') * factor;
  return rounded((arithmetic('%', left, right, meter) as number) / factor, places);
}

/** Frappe's `safe_div`, which returns zero instead of raising a ZeroDivisionError. */
function safeDivision(args: Arguments, { meter }: Runtime): Value {
  meter.spend(16 * STEP);
  const [numerator = null, denominator = null, precision = 2n] = args.bind(
    'numerator',
    'denominator',
    'precision',
  );
  const by = floatOf(denominator, 'denominator');
  const quotient = by === 0 ? 0 : floatOf(numerator, 'numerator') / by;
  return rounded(quotient, countOf(cint(precision), 'precision'));
}

function commaSeparated(args: Arguments, { meter }: Runtime, word: string): Value {
  const [list = null, addQuotes = true] = args.bind('some_list', 'add_quotes');
  if (!(list instanceof List)) return list;
  meter.spend(list.items.length * VISIT);
  const texts = list.items.map((item) => show(item, meter));
  if (texts.length < 2) return texts[0] ?? '';
  const quoted = addQuotes === true ? texts.map((text) => `'${text}'`) : texts;
  return joinTexts([joinTexts(quoted.slice(0, -1), ', ', meter), word, quoted.at(-1) as string], ' ', meter);
}

function changed(args: Arguments, { meter }: Runtime, change: (text: string) => string): Value {
  const value = first(args);
  if (typeof value !== 'string') return value;
  meter.spend(value.length * SCAN * 3);
  const text = change(textOf(value, 'value'));
  meter.text(text.length);
  return text;
}
