import { type Fault, ValidationError } from '../../core/kernel/errors.ts';
import { elementsOf, type JsonText } from '../../core/kernel/json-text.ts';
import { readCloudEvent } from '../../core/model/envelope.ts';
import { MAX_EVENT_BYTES, type PublishedEvent, refuseLargerThan } from '../../core/model/event.ts';
import { readPublishedEvent } from '../../core/model/published-event.ts';
import { type PublishPorts, publish } from '../../core/publish/publish.ts';
import { type EventValidator, newBudget } from '../../core/publish/validate-event.ts';
import { api } from '../middleware/api.ts';
import type { FunctionLog } from '../middleware/log.ts';
import type { ApiRequest } from '../middleware/request.ts';

const MAX_BODY_BYTES = 1_048_576;
const MAX_EVENTS = 100;

type PublishHandlerPorts = PublishPorts & {
  readonly validator: EventValidator;
  readonly log: FunctionLog;
};

export function publishHandler({ log, validator, ...ports }: PublishHandlerPorts) {
  return api(
    'publish',
    { log, maxBodyBytes: MAX_BODY_BYTES, projects: ports.projects },
    {
      publishEvents: async ({ path: { project }, headers, json: { value: body, text } }) => {
        const isBatch = Array.isArray(body);
        const parse = parserFor(headers, isBatch);
        const budget = newBudget();
        const read = async (eventText: JsonText) => {
          const event = parse(eventText);
          await validator.validate(project, event, budget);
          return event;
        };
        if (!isBatch) {
          const [id] = await publish(ports, project, [await read(text)]);
          return { status: 202, body: { id } };
        }
        const events = await readEach(elementsOf(text), read);
        return { status: 202, body: { ids: await publish(ports, project, events) } };
      },
    },
  );
}

type Parser = (text: JsonText) => PublishedEvent;
type Reader = (text: JsonText) => Promise<PublishedEvent>;

/** CloudEvents, single or batch, are told by the content type (CloudEvents HTTP binding, sections 3.2 and 3.3). */
function parserFor(headers: ApiRequest['headers'], isBatch: boolean): Parser {
  const [isCloudEvents, batch] =
    /^application\/cloudevents(-batch)?\+json/i.exec(headers['content-type'] ?? '') ?? [];
  if (isCloudEvents && (batch !== undefined) !== isBatch) {
    const message = isBatch
      ? 'is an array, which "application/cloudevents-batch+json" is for'
      : 'is no array, which "application/cloudevents+json" is for';
    throw ValidationError.of([{ path: '', message }]);
  }
  return (text) => {
    refuseLargerThan(MAX_EVENT_BYTES, text);
    return isCloudEvents ? readCloudEvent(text).event : readPublishedEvent(text);
  };
}

/** All or nothing: every fault of every event in one answer. */
async function readEach(texts: readonly JsonText[], read: Reader): Promise<PublishedEvent[]> {
  if (texts.length === 0 || texts.length > MAX_EVENTS) {
    throw ValidationError.of([{ path: '', message: `an array has 1 to ${MAX_EVENTS} events` }]);
  }
  const faults: Fault[] = [];
  const events: PublishedEvent[] = [];
  for (const [index, text] of texts.entries()) {
    try {
      events.push(await read(text));
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      faults.push(
        ...error.faults.map(({ path, message }) => ({
          path: [index, path].join('.').replace(/\.$/, ''),
          message,
        })),
      );
    }
  }
  if (faults.length > 0) throw ValidationError.of(faults);
  return events;
}
