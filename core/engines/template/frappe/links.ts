import { SCAN, STEP } from '../step-meter.ts';
import { cstr, textOf } from '../values/coerce.ts';
import { truth } from '../values/operators.ts';
import type { Arguments, Runtime, Value } from '../values/values.ts';

type Function = (args: Arguments, runtime: Runtime) => Value;

/** The functions of `frappe.utils.data` that make links to a site's desk. */
export const linkUtils: readonly (readonly [string, Function])[] = [
  ['get_url', getUrl],
  ['get_host_name', (args, runtime) => args.bind() && siteOf(args, runtime).replace(/^https?:\/\//, '')],
  ['get_absolute_url', (args, runtime) => formPath(args.require('doctype', 'name'), runtime)],
  [
    'get_url_to_form',
    (args, runtime) => siteOf(args, runtime) + formPath(args.require('doctype', 'name'), runtime),
  ],
  ['get_link_to_form', linkToForm],
  ['get_url_to_list', (args, runtime) => siteOf(args, runtime) + deskPath([first(args)], runtime)],
  ['get_url_to_report', urlToReport],
  ['quoted', (args, runtime) => quoted(cstr(first(args), runtime), runtime)],
];

const first = (args: Arguments): Value => args.require('value')[0] as Value;

function siteOf(args: Arguments, { siteUrl }: Runtime): string {
  if (siteUrl === undefined) throw args.error("needs the address of the site: set the project's `siteUrl`");
  return siteUrl;
}

/** Frappe's `get_url`: an address on the site. A whole address stays as it is. */
export function getUrl(args: Arguments, runtime: Runtime): string {
  const [uri = null] = args.bind('uri', 'full_address', 'allow_header_override');
  if (!truth(uri)) return siteOf(args, runtime);
  const text = textOf(uri, 'uri');
  runtime.meter.spend(text.length * SCAN + 16 * STEP);
  if (/^https?:\/\//.test(text)) return text;
  const url = `${siteOf(args, runtime)}${text.startsWith('/') ? '' : '/'}${text}`;
  runtime.meter.text(url.length);
  return url;
}

/** The name of a DocType in a path. */
const slug = (doctype: string): string => doctype.toLowerCase().replaceAll(' ', '-');

function deskPath([doctype, ...names]: readonly Value[], runtime: Runtime): string {
  const parts = [slug(textOf(doctype, 'doctype')), ...names.map((name) => cstr(name, runtime))];
  return `/app/${parts.map((part) => quoted(part, runtime)).join('/')}`;
}

const formPath = (names: readonly Value[], runtime: Runtime): string => deskPath(names, runtime);

function linkToForm(args: Arguments, runtime: Runtime): string {
  const [doctype = null, name = null, label = null] = args.bind('doctype', 'name', 'label');
  const url = siteOf(args, runtime) + formPath([doctype, name], runtime);
  const shown = cstr(truth(label) ? label : name, runtime);
  runtime.meter.text(url.length + shown.length + 16);
  return `<a href="${url}">${shown}</a>`;
}

function urlToReport(args: Arguments, runtime: Runtime): string {
  const [name = null, type = null, doctype = null] = args.bind('name', 'report_type', 'doctype');
  const report = quoted(cstr(name, runtime), runtime);
  if (type !== 'Report Builder') return `${siteOf(args, runtime)}/app/query-report/${report}`;
  return `${siteOf(args, runtime)}${deskPath([doctype], runtime)}/view/report/${report}`;
}

/** Frappe's `quoted`: a text as it may stand in a URL. */
function quoted(text: string, { meter }: Runtime): string {
  meter.spend(text.length * SCAN * 3);
  const written = encodeURIComponent(text.toWellFormed()).replace(
    /%(?:2[1346789ABCF]|3[ABDF]|40)/g,
    decodeURIComponent,
  );
  meter.room(written.length);
  return written;
}
