import { asRenderError } from '../../customer-code/failures.ts';
import { renderTemplate } from '../../customer-code/templates.ts';
import { RenderLimitError, TemplateError } from '../../engines/template/errors.ts';
import { reserialised } from '../../engines/template/python-json.ts';
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
    const text = renderTemplate(subscription.template ?? '', scope, { siteUrl: project?.siteUrl });
    try {
      return { contentType: JSON_TYPE, body: reserialised(text) };
    } catch (error) {
      if (error instanceof TemplateError && !(error instanceof RenderLimitError))
        throw new RenderError(`The template did not render JSON: ${error.message}`);
      throw asRenderError(error);
    }
  },
};
