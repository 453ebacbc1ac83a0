import type { Format } from '../../domain/format.ts';
import { objectText } from '../../domain/json-text.ts';

/** `{"result": data}`, as Weavy's hooks send it. */
export const weavyFormat: Format = {
  render: (event) => ({ contentType: 'application/json', body: objectText({ result: event.data }) }),
};
