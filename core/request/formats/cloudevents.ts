import { objectText, toJsonText } from '../../kernel/json-text.ts';
import { type BodyFormat, JSON_TYPE } from './body-format.ts';

/** CloudEvents 1.0 in structured mode. An event without a source gets its project as the source. */
export const cloudevents: BodyFormat = {
  description: 'CloudEvents 1.0 in structured mode',
  render: ({ event }) => ({
    contentType: 'application/cloudevents+json',
    body: objectText({
      specversion: toJsonText('1.0'),
      id: toJsonText(event.id),
      source: toJsonText(event.source ?? `/projects/${event.project}`),
      type: toJsonText(event.type),
      time: toJsonText(event.time),
      datacontenttype: toJsonText(JSON_TYPE),
      data: event.data,
    }),
  }),
};
