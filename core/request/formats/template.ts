import { asRenderError } from '../../customer-code/failures.ts';
import { lineThatRendered, renderTemplate } from '../../customer-code/templates.ts';
import { JsonTextError } from '../../engines/template/errors.ts';
import { reserialised } from '../../engines/template/formats/python-json.ts';
import { RenderError } from '../../kernel/errors.ts';
import { type BodyFormat, JSON_TYPE } from './body-format.ts';

/** Frappe's functions that make links begin with these words. */
const LINKS = /get_(?:url|link_to|host_name)/;

/**
 * A Jinja template that renders JSON. The JSON is read and written again as Python does it, because Frappe does that: numbers
 * are Python's, `1440.00` becomes `1440.0`.
 */
export const template: BodyFormat = {
  description: 'the JSON that `template` renders',
  settings: ['template'],
  requires: 'template',
  needsProject: ({ template }) => template !== null && LINKS.test(template),
  render({ subscription, scope, project }) {
    const source = subscription.template ?? '';
    const context = { siteUrl: project?.siteUrl };
    const text = renderTemplate(source, scope, context);
    try {
      return { contentType: JSON_TYPE, body: reserialised(text) };
    } catch (error) {
      if (!(error instanceof JsonTextError)) throw asRenderError(error, 'template');
      const line = lineThatRendered(source, scope, context, error.at);
      const from = line === null ? '' : `, from its line ${line}`;
      throw new RenderError(
        `The template did not render JSON${from}: ${error.message}, here: ${around(text, error.at)}`,
        line === null ? undefined : { setting: 'template', line },
      );
    }
  },
};

/** The characters on either side of a position that are shown. */
const SHOWN = 20;

/** Return the text around a position, which ⟪⟫ marks. */
function around(text: string, at: number): string {
  const [from, to] = [Math.max(0, at - SHOWN), at + SHOWN];
  const before = `${from > 0 ? '…' : ''}${text.slice(from, at)}`;
  const after = `${text.slice(at, to)}${to < text.length ? '…' : ''}`;
  return `${before}⟪⟫${after}`.replaceAll('\n', '⏎').toWellFormed();
}
