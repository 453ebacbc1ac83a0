import type { EventScope } from '../customer-code/event-scope.ts';
import { renderTemplate } from '../customer-code/templates.ts';
import type { Mark } from '../engines/template/values/values.ts';
import { RenderError } from '../kernel/errors.ts';
import { hasOrigin, literalOrigin, requestUrl } from '../model/request-url.ts';
import type { Subscription } from '../model/subscription.ts';

/** Around the values among the rendered text. Neither a template nor a value may have them. */
const BEGIN = '\u0001';
const END = '\u0002';

const CONTROL = /\p{Cc}/u;
/** Line breaks between the tags of a template, which a URL parser drops. */
const BREAKS = /[\t\n\r]/g;
const DOT_SEGMENT = /[/\\](?:\.|%2e){1,2}(?:[/\\?#]|$)/i;

/** Servers accept about as much. It also bounds the work of joining many values. */
const MAX_LENGTH = 8192;

type UrlTemplate = Pick<Subscription, 'url' | 'dynamicOrigin' | 'requestStyle'>;

/**
 * Render a URL template for an event. Values are percent-encoded, in the style of Python as little as Frappe does.
 *
 * @throws RenderError if it renders no URL, one that is too long, a control character, or an origin that it may not
 */
export function renderUrl(
  { url: template, dynamicOrigin, requestStyle }: UrlTemplate,
  scope: EventScope,
): string {
  if (CONTROL.test(template.replaceAll(BREAKS, '')))
    throw new RenderError('The URL has a control character.');
  const mark: Mark = (value, { isValue }) => {
    if (!isValue) return value;
    if (CONTROL.test(value)) throw new RenderError('A value in the URL has a control character.');
    return `${BEGIN}${value}${END}`;
  };
  const rendered = renderTemplate(template, scope, { setting: 'url', mark });
  if (rendered.length > MAX_LENGTH)
    throw new RenderError(`The rendered URL is longer than ${MAX_LENGTH} characters.`);
  const isEncoded = requestStyle !== 'python';
  const text = joined(rendered, isEncoded).trim();
  if (isEncoded && DOT_SEGMENT.test(text.replace(/[?#].*$/s, '')))
    throw new RenderError('The path of the URL has a segment "." or "..".');
  const url = URL.parse(text);
  if (url === null) throw new RenderError('The rendered URL is not valid.');
  const origin = literalOrigin(template);
  if (!dynamicOrigin && url.origin !== origin)
    throw new RenderError('The template renders the origin of the URL, which needs "dynamicOrigin".');
  return requestUrl(text);
}

/** Join literal text and values. Values before the path may be a host or a whole URL. */
function joined(rendered: string, isEncoded: boolean): string {
  const [first = '', ...others] = rendered.replaceAll(BREAKS, '').split(BEGIN);
  let text = first;
  for (const [value = '', literal = ''] of others.map((other) => other.split(END)))
    text += (isEncoded && hasOrigin(text) ? encodeValue(value) : value) + literal;
  return text;
}

/** Percent-encode a value, except for what its template has encoded. */
const encodeValue = (value: string): string =>
  value
    .toWellFormed()
    .split(/(%[0-9a-f]{2})/i)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part)))
    .join('');
