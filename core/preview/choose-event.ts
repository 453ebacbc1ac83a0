import type { EventChoice } from '../api-schemas/test-request.ts';
import { conditionHolds } from '../customer-code/conditions.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import type { Clock } from '../kernel/clock.ts';
import { ConflictError, found, RenderError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { JsonText } from '../kernel/json-text.ts';
import { acceptedEvent, type Event, type PublishedEvent } from '../model/event.ts';
import { matches } from '../model/event-pattern.ts';
import type { Project } from '../model/project.ts';
import type { Subscription } from '../model/subscription.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import { latestEvents } from '../read/samples.ts';
import { chooseSampledType, chooseType } from './choose-type.ts';

export interface ChooseEventPorts {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly events: Pick<EventStore, 'get' | 'list'>;
  readonly eventTypes: Pick<EventTypeStore, 'get' | 'list'>;
  readonly clock: Clock;
}

/** The parts of a published event that a new event may copy. */
type Content = Pick<
  PublishedEvent,
  'data' | 'actor' | 'changes' | 'companyId' | 'source' | 'cloudEvent' | 'dataForm'
>;

/** Return the published event that was asked for, or a new event like those that the subscription gets. @throws NotFoundError or ConflictError */
export async function chooseEvent(
  ports: ChooseEventPorts,
  subscription: Subscription,
  { type, data, eventId }: EventChoice,
): Promise<Event> {
  const project = found(await ports.projects.get(subscription.project), 'project', subscription.project);
  if (eventId !== undefined) return publishedEvent(ports, project.id, eventId);
  const chosen = type ?? (await chooseType(ports, subscription));
  const content = data === undefined ? await chooseContent(ports, project.id, chosen) : { data };
  return newEvent(project, chosen, content, ports.clock());
}

/**
 * Return the event of a test request. It is made up, unless a published one was asked for: a copy of that is only sent to an endpoint
 * that would get the event, because it may have a customer's data.
 *
 * @throws NotFoundError
 * @throws ConflictError if the event was erased, or the subscription would not receive it
 */
export async function chooseTestEvent(
  ports: ChooseEventPorts,
  subscription: Subscription,
  { type, data, eventId }: EventChoice,
): Promise<Event> {
  const project = found(await ports.projects.get(subscription.project), 'project', subscription.project);
  if (eventId !== undefined) {
    const event = await publishedEvent(ports, project.id, eventId);
    const now = ports.clock();
    refuseUnwanted(subscription, event, now);
    return newEvent(project, event.type, event, now);
  }
  const chosen = type ?? (await chooseSampledType(ports, subscription));
  const content = { data: data ?? (await sampleOf(ports, project.id, chosen)) };
  return newEvent(project, chosen, content, ports.clock());
}

/** @throws ConflictError if the subscription would not receive the event. A condition that cannot be evaluated fails the attempt instead */
function refuseUnwanted(subscription: Subscription, event: Event, now: number): void {
  if (!matches(subscription.events, event.type))
    throw new ConflictError(`The subscription receives no events of the type "${event.type}".`);
  try {
    if (conditionHolds(subscription.condition, new EventScope(event, now).seenBy(subscription))) return;
  } catch (error) {
    if (error instanceof RenderError) return;
    throw error;
  }
  throw new ConflictError("The subscription's condition does not hold for the event.");
}

async function publishedEvent(
  { events }: Pick<ChooseEventPorts, 'events'>,
  project: string,
  id: string,
): Promise<Event> {
  const event = found(await events.get(project, id), 'event', id);
  if (event.erased !== undefined)
    throw new ConflictError(`The event's data was erased at ${event.erased.at}.`);
  return event;
}

/** Choose the content of the latest event of the type, or the first registered sample, or an empty object. */
async function chooseContent(ports: ChooseEventPorts, project: string, type: string): Promise<Content> {
  const [latest] = await latestEvents(ports.events, project, type, 1);
  return latest ?? { data: await sampleOf(ports, project, type) };
}

/** The first registered sample of a type, or an empty object. */
const sampleOf = async (
  { eventTypes }: Pick<ChooseEventPorts, 'eventTypes'>,
  project: string,
  type: string,
): Promise<JsonText> => (await eventTypes.get(project, type))?.samples[0] ?? ('{}' as JsonText);

/** Make an event with an id that no receiver has seen. */
function newEvent(project: Project, type: string, content: Content, now: number): Event {
  const { data, actor, changes, companyId, source, cloudEvent, dataForm } = content;
  const published = {
    type,
    data,
    ...(actor !== undefined && { actor }),
    ...(changes !== undefined && { changes }),
    ...(companyId !== undefined && { companyId }),
    ...(source !== undefined && { source }),
    ...(cloudEvent !== undefined && { cloudEvent }),
    ...(dataForm !== undefined && { dataForm }),
  };
  return acceptedEvent(published, project, newId('evt', now), now);
}
