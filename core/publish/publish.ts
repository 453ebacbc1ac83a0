import type { WriteFormat } from '../contract.ts';
import type { Clock } from '../kernel/clock.ts';
import { found, TooManyRequestsError, UnavailableError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { type Event, MAX_EVENT_BYTES, type PublishedEvent, refuseLargerThan } from '../model/event.ts';
import { validatedEventMessage } from '../model/event-message.ts';
import { orderInCall } from '../model/event-order.ts';
import type { MessageQueue } from '../ports/message-queue.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import { eventAttributes, type Tracer } from '../ports/tracer.ts';
import type { Admission, PublishingRate } from './publishing-rate.ts';

export interface PublishPorts {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly internalQueue: MessageQueue;
  readonly rate: Pick<PublishingRate, 'take'>;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  readonly clock: Clock;
  readonly writeFormat: WriteFormat;
}

/**
 * Send validated events with these hops to fan-out. When it returns their ids, SQS has all of them.
 *
 * @throws TooManyRequestsError beyond the project's publishing rate, or what it may publish in a day
 * @throws TooLargeError if an event has grown too large by its computed changes
 * @throws UnavailableError if SQS did not accept every event. Events with an id of the publisher's can be sent again safely.
 */
export async function publish(
  { projects, internalQueue, rate, metrics, tracer, clock, writeFormat }: PublishPorts,
  project: string,
  published: readonly (PublishedEvent & Pick<Event, 'trace'>)[],
  hops = 0,
): Promise<string[]> {
  found(await projects.get(project), 'project', project);
  const now = clock();
  const time = new Date(now).toISOString();
  const publications = published.map(({ trace, ...event }) => ({
    event: { ...event, project, id: event.id ?? newId('evt', now), time: event.time ?? time },
    span: tracer.begin('publish', trace, now),
  }));
  const messages = publications.map(({ event, span }, index) =>
    validatedEventMessage(event, orderInCall(now, index), hops, span.trace),
  );
  for (const { body } of messages) refuseLargerThan(MAX_EVENT_BYTES[writeFormat].carried, body);
  const bytes = messages.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  const admission = await rate.take(project, messages.length, bytes);
  if (!admission.isAdmitted) {
    metrics.count('EventsRefused', messages.length);
    throw tooMany(admission, now);
  }
  const unsent = await internalQueue.send(messages);
  if (unsent.size > 0)
    throw new UnavailableError('The queue did not accept every event. Send the request again.');
  for (const { event, span } of publications) span.end(eventAttributes(event));
  return publications.map(({ event }) => event.id);
}

const tooMany = ({ limit, until }: Extract<Admission, { isAdmitted: false }>, now: number) =>
  new TooManyRequestsError(
    limit === 'rate'
      ? 'The project publishes more events than it may. Send the request again later.'
      : 'The project has published as many bytes as it may today (UTC).',
    Math.max(1, Math.ceil((until - now) / 1000)),
  );
