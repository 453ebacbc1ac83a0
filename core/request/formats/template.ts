import { asRenderError } from '../../customer-code/failures.ts';
import { renderTemplate } from '../../customer-code/templates.ts';
import { pythonJson } from '../../engines/template/python-json.ts';
import { RenderError } from '../../kernel/errors.ts';
import { type JsonText, parseJson } from '../../kernel/json-text.ts';
import { type BodyFormat, JSON_TYPE } from './body-format.ts';

/** A Jinja template that renders JSON. The JSON is formatted again as Python formats it, because Frappe does that. */
export const template: BodyFormat = {
  description: 'the JSON that `template` renders',
  settings: ['template'],
  requires: 'template',
  render({ subscription, scope }) {
    const text = renderTemplate(subscription.template ?? '', scope);
    let json: JsonText;
    try {
      json = parseJson(text).text;
    } catch {
      throw new RenderError('The template did not render JSON.');
    }
    try {
      return { contentType: JSON_TYPE, body: pythonJson(json) };
    } catch (error) {
      throw asRenderError(error);
    }
  },
};
