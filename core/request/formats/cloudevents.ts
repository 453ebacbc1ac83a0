import { type JsonText, membersOf, objectText, toJsonText } from '../../kernel/json-text.ts';
import { toUriReference } from '../../kernel/uri-reference.ts';
import type { Event } from '../../model/event.ts';
import { TRACESTATE } from '../../model/trace-context.ts';
import { type BodyFormat, JSON_TYPE } from './body-format.ts';

/**
 * CloudEvents 1.0 in structured mode: a CloudEvent as it was published, and any other event with its project as the source
 * unless it has one.
 */
export const cloudevents: BodyFormat = {
  description: 'CloudEvents 1.0 in structured mode, a CloudEvent with all of its attributes',
  render: ({ event, subscription: { traceState } }) => {
    const { id, publisherId = id, project, source = `/projects/${project}`, type, time } = event;
    return {
      contentType: 'application/cloudevents+json',
      body: objectText({
        specversion: toJsonText('1.0'),
        id: toJsonText(publisherId),
        source: toJsonText(toUriReference(source)),
        type: toJsonText(type),
        time: toJsonText(time),
        ...attributesOf(event, traceState),
        ...dataOf(event),
      }),
    };
  },
};

/** Its own time, if it has one, takes the place of the event's, which is in UTC. */
function attributesOf({ cloudEvent }: Event, traceState: boolean): Readonly<Record<string, JsonText>> {
  if (cloudEvent === undefined) return { datacontenttype: toJsonText(JSON_TYPE) };
  const { [TRACESTATE]: state, ...attributes } = Object.fromEntries(membersOf(cloudEvent));
  return { ...attributes, ...(traceState && state !== undefined && { [TRACESTATE]: state }) };
}

function dataOf({ data, dataForm }: Event): Readonly<Record<string, JsonText>> {
  switch (dataForm) {
    case 'none':
      return {};
    case 'base64':
      return { data_base64: data };
    case 'json in base64':
      return { data_base64: toJsonText(Buffer.from(data).toString('base64')) };
    default:
      return { data };
  }
}
