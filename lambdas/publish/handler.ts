import { readCloudEvent } from '../../core/domain/envelope.ts';
import { type Fault, ValidationError } from '../../core/domain/errors.ts';
import {
  MAX_EVENT_BYTES,
  type PublishedEvent,
  readPublishedEvent,
  refuseLargerThan,
} from '../../core/domain/event.ts';
import { elementsOf, type JsonText, parseJson } from '../../core/domain/json-text.ts';
import type { Log } from '../../core/ports.ts';
import { type CheckEvent, newMeter } from '../../core/use-cases/check-event.ts';
import { type PublishDependencies, publish } from '../../core/use-cases/publish.ts';
import { type ApiRequest, api } from '../middleware/api.ts';

const MAX_BODY_BYTES = 1_048_576;
const MAX_EVENTS = 100;

type PublishHandlerDependencies = PublishDependencies & {
  readonly checkEvent: CheckEvent;
  readonly log: Log;
};

export function publishHandler({ log, checkEvent, ...dependencies }: PublishHandlerDependencies) {
  const publishAll = publish(dependencies);
  return api(
    { log, maxBodyBytes: MAX_BODY_BYTES, projects: dependencies.projects },
    {
      'POST /v1/projects/{project}/events': {
        scope: 'publish',
        run: async ({ path: { project }, headers, json, text }) => {
          const body = await json();
          const document = parseJson(text).text;
          const parse = parserFor(headers);
          const meter = newMeter();
          const read = async (text: JsonText) => {
            const event = parse(text);
            await checkEvent(project, event, meter);
            return event;
          };
          if (!Array.isArray(body)) {
            const [id] = await publishAll(project, [await read(document)]);
            return { status: 202, body: { id } };
          }
          const events = await readEach(elementsOf(document), read);
          return { status: 202, body: { ids: await publishAll(project, events) } };
        },
      },
    },
  );
}

type Parser = (text: JsonText) => PublishedEvent;
type Reader = (text: JsonText) => Promise<PublishedEvent>;

/** CloudEvents, single or batch, are told by the content type (CloudEvents HTTP binding, sections 3.2 and 3.3). */
function parserFor(headers: ApiRequest['headers']): Parser {
  const isCloudEvents = /^application\/cloudevents(-batch)?\+json/i.test(headers['content-type'] ?? '');
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
