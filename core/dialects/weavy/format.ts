import { objectText } from '../../kernel/json-text.ts';
import type { Format } from '../../request/formats.ts';

/** `{"result": data}`, as Weavy's hooks send it. */
export const weavyFormat: Format = {
  render: (event) => ({ contentType: 'application/json', body: objectText({ result: event.data }) }),
};
