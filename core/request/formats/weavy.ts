import { objectText } from '../../kernel/json-text.ts';
import { type BodyFormat, JSON_TYPE } from './body-format.ts';

/** Weavy's REST hooks. */
export const weavy: BodyFormat = {
  description: '`{"result": data}`, as Weavy sends it',
  render: ({ event }) => ({ contentType: JSON_TYPE, body: objectText({ result: event.data }) }),
};
