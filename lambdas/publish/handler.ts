import { type Fault, ValidationError } from '../../core/kernel/errors.ts';
import { elementsOf, type JsonText } from '../../core/kernel/json-text.ts';
import { binaryCloudEvent, CLOUD_EVENTS, isBinaryMode } from '../../core/model/binary-cloud-event.ts';
import { type Envelope, readCloudEvent } from '../../core/model/envelope.ts';
import { MAX_EVENT_BYTES, refuseLargerThan } from '../../core/model/event.ts';
import { HOPS, readHops } from '../../core/model/hops.ts';
import { readPublishedEvent } from '../../core/model/published-event.ts';
import { publishedTrace } from '../../core/model/trace-context.ts';
import { writtenEvent } from '../../core/model/written-event.ts';
import { type PublishPorts, publish } from '../../core/publish/publish.ts';
import {
  type EventValidator,
  faultsWithin,
  MAX_EVENTS_TOGETHER,
  newBudget,
} from '../../core/publish/validate-event.ts';
import { type ApiOptions, api } from '../middleware/api.ts';
import type { ApiRequest } from '../middleware/request.ts';
import { structuredCloudEvent } from './structured-cloud-event.ts';

const MAX_BODY_BYTES = 1_048_576;

type PublishHandlerPorts = PublishPorts &
  ApiOptions & {
    readonly validator: EventValidator;
  };

export function publishHandler(ports: PublishHandlerPorts) {
  return api(
    'publish',
    { ...ports, maxBodyBytes: MAX_BODY_BYTES, first: structuredCloudEvent },
    {
      publishEvents: async ({ path: { project }, headers, json }) => {
        const hops = readHops(headers[HOPS]);
        const binary = isBinaryMode(headers) ? binaryCloudEvent(headers, { data: json.text }) : null;
        const text = binary ?? json.text;
        const isArray = binary === null && Array.isArray(json.value);
        const isCloudEvents = binary !== null || isCloudEventsBody(headers, isArray);
        const maxBytes = MAX_EVENT_BYTES[ports.writeFormat].published;
        const budget = newBudget();
        const faults: Fault[] = [];
        const events: Parameters<typeof publish>[2][number][] = [];
        // All or nothing: one response lists every fault of every event.
        for (const [index, eventText] of textsOf(text, isArray).entries()) {
          try {
            const read = readEvent(eventText, isCloudEvents, maxBytes);
            const event = writtenEvent(read.event, ports.writeFormat);
            await ports.validator.validate(project, event, budget);
            const trace = publishedTrace(read.trace, headers);
            events.push({ ...event, ...(trace && { trace }) });
          } catch (error) {
            if (!isArray || !(error instanceof ValidationError)) throw error;
            faults.push(...faultsWithin(index, error));
          }
        }
        if (faults.length > 0) throw ValidationError.of(faults);
        const ids = await publish(ports, project, events, hops);
        return { status: 202, body: isArray ? { ids } : { id: ids[0] } };
      },
    },
  );
}

/**
 * Return whether the body is CloudEvents in structured mode, single or batched, which the content type says (CloudEvents HTTP binding, sections
 * 3.2 and 3.3).
 *
 * @throws ValidationError if the content type and the body disagree about the batch
 */
function isCloudEventsBody(headers: ApiRequest['headers'], isArray: boolean): boolean {
  const [isCloudEvents, batch] = CLOUD_EVENTS.exec(headers['content-type'] ?? '') ?? [];
  if (isCloudEvents === undefined) return false;
  if ((batch !== undefined) === isArray) return true;
  const message = isArray
    ? 'is an array, which needs the content type "application/cloudevents-batch+json"'
    : 'is not an array, which needs the content type "application/cloudevents+json"';
  throw ValidationError.of([{ path: '', message }]);
}

/** @throws ValidationError if there are no events or too many */
function textsOf(body: JsonText, isArray: boolean): readonly JsonText[] {
  const texts = isArray ? elementsOf(body) : [body];
  if (texts.length === 0 || texts.length > MAX_EVENTS_TOGETHER)
    throw ValidationError.of([
      { path: '', message: `is not an array of 1 to ${MAX_EVENTS_TOGETHER} events` },
    ]);
  return texts;
}

function readEvent(
  text: JsonText,
  isCloudEvent: boolean,
  maxBytes: number,
): Pick<Envelope, 'event' | 'trace'> {
  refuseLargerThan(maxBytes, text);
  return isCloudEvent ? readCloudEvent(text) : { event: readPublishedEvent(text) };
}
