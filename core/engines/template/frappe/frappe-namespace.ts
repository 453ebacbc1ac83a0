import { callables, Members } from '../globals.ts';
import { cstr } from '../values/coerce.ts';
import { KeyMap } from '../values/keys.ts';
import { show } from '../values/show.ts';
import { type Arguments, Dict, type Runtime, type Thing, type Value } from '../values/values.ts';
import { globalDateFormat } from './date-utils.ts';
import { getUrl } from './links.ts';
import { utils } from './utils.ts';

/** Who caused an event. */
export interface SessionUser {
  readonly user: Value;
  readonly fullName: Value;
}

/**
 * Frappe's `frappe` in templates (`get_safe_globals`), without what needs a site. A field's format is a setting of the site, so
 * `format` writes a value as text.
 */
export function frappeNamespace({ user, fullName }: SessionUser): Thing {
  const session = new Dict(
    new KeyMap<Value>([
      ['user', user],
      ['csrf_token', ''],
    ]),
    true,
  );
  return new Members(
    'frappe',
    new Map<string, Value>([
      ['utils', utils],
      ['session', session],
      ['user', user],
      ['full_name', fullName],
      ['lang', 'en'],
      ['date_format', 'yyyy-mm-dd'],
      ['time_format', 'HH:mm:ss'],
      ...callables([
        ['format', format],
        ['format_value', format],
        ['format_date', globalDateFormat],
        ['bold', bold],
        ['get_url', getUrl],
      ]),
    ]),
  );
}

function format(args: Arguments, runtime: Runtime): Value {
  const [value = null] = args.bind('value', 'df', 'doc', 'currency', 'translated', 'format');
  return cstr(value, runtime);
}

function bold(args: Arguments, { meter }: Runtime): string {
  const text = show(args.require('text')[0] as Value, meter);
  meter.text(text.length + 17);
  return `<strong>${text}</strong>`;
}
