import { objectText } from '../../kernel/json-text.ts';
import { type BodyFormat, JSON_TYPE } from './body-format.ts';

/** Weavy's REST hooks. */
export const weavy: BodyFormat = {
  description: '`{"result": data}`, as Weavy sends it; a 410 then removes the subscription',
  // Platforms such as Zapier say so of a hook that is turned off, and subscribe again for the next one.
  defaults: { onGone: 'remove' },
  render: ({ event }) => ({ contentType: JSON_TYPE, body: objectText({ result: event.data }) }),
};
