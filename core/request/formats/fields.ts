import { asRenderError } from '../../customer-code/failures.ts';
import { pythonJson } from '../../engines/template/formats/python-json.ts';
import { RenderError } from '../../kernel/errors.ts';
import { isObjectText, type JsonText, membersOf, toJsonText } from '../../kernel/json-text.ts';
import { MAX_EVENT_BYTES } from '../../model/event.ts';
import { type BodyFormat, JSON_TYPE, type RequestBody } from './body-format.ts';

/** Characters of all values. Twice an event fits; a large field that a hundred rows name does not. */
const MAX_VALUES_LENGTH = 2 * MAX_EVENT_BYTES[2].published;

/** Chosen fields of the data under chosen keys; a field that the data lacks is null. */
export const fields: BodyFormat = {
  description: 'the fields that `fields` names',
  settings: ['fields', 'fieldsEncoding'],
  requires: 'fields',
  render({ event, subscription: { fields: rows, fieldsEncoding } }) {
    if (!isObjectText(event.data)) throw new RenderError('The data is not an object, so it has no fields.');
    const members = membersOf(event.data);
    const values = new Map(
      (rows ?? []).map(({ key, fieldname }) => [key, members.get(fieldname) ?? ('null' as JsonText)]),
    );
    const length = values.values().reduce((sum, value) => sum + value.length, 0);
    if (length > MAX_VALUES_LENGTH)
      throw new RenderError(`The fields have more than ${MAX_VALUES_LENGTH} characters together.`);
    if (fieldsEncoding === 'form') return formEncoded(values);
    const json = [...values].map(([key, value]) => `${toJsonText(key)}:${value}`).join(',');
    try {
      return { contentType: JSON_TYPE, body: pythonJson(`{${json}}` as JsonText) };
    } catch (error) {
      throw asRenderError(error, 'template');
    }
  },
};

/** Encode values as a browser's form does: strings as they are, an empty value for null, anything else as JSON. */
function formEncoded(values: ReadonlyMap<string, JsonText>): RequestBody {
  const form = new URLSearchParams();
  for (const [key, text] of values) {
    const value: unknown = JSON.parse(text);
    const shown = typeof value === 'string' ? value.toWellFormed() : text;
    form.append(key.toWellFormed(), value === null ? '' : shown);
  }
  return { contentType: 'application/x-www-form-urlencoded', body: form.toString() };
}
