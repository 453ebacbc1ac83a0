import type { EventChoice } from '../api-schemas/test-request.ts';
import type { Clock } from '../kernel/clock.ts';
import { ConflictError, found } from '../kernel/errors.ts';
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

/** How many events and types are searched for one that matches. */
const MAX_EVENTS = 25;
const MAX_TYPES = 100;

/** Return the published event that was asked for, or a new event for the subscription. @throws NotFoundError or ConflictError */
export async function chooseEvent(
  ports: ChooseEventPorts,
  subscription: Subscription,
  { type, data, eventId }: EventChoice,
): Promise<Event> {
  const project = found(await ports.projects.get(subscription.project), 'project', subscription.project);
  if (eventId !== undefined) {
    const event = found(await ports.events.get(project.id, eventId), 'event', eventId);
    if (event.erased !== undefined)
      throw new ConflictError(`The event's data was erased at ${event.erased.at}.`);
    return event;
  }
  const chosen = type ?? (await chooseType(ports, subscription));
  const content = data === undefined ? await chooseContent(ports, project.id, chosen) : { data };
  return newEvent(project, chosen, content, ports.clock());
}

/** Choose a type that the subscription matches: one it names, or the latest event's, or a registered one. */
async function chooseType(
  { events, eventTypes }: ChooseEventPorts,
  { project, events: patterns }: Subscription,
): Promise<string> {
  const named = patterns.find((pattern) => !pattern.endsWith('*'));
  if (named !== undefined) return named;
  const isMatched = ({ type }: { readonly type: string }) => matches(patterns, type);
  const latest = await events.list(project, {}, { limit: MAX_EVENTS, cursor: null });
  const published = latest.items.find(isMatched);
  if (published !== undefined) return published.type;
  const page = { limit: MAX_TYPES, cursor: null };
  const registered = await eventTypes.list(project, page, { archived: false });
  return registered.items.find(isMatched)?.type ?? (patterns[0] ?? '*').replace('*', 'test');
}

/** Choose the content of the latest event of the type, or the first registered sample, or an empty object. */
async function chooseContent(
  { events, eventTypes }: ChooseEventPorts,
  project: string,
  type: string,
): Promise<Content> {
  const [latest] = await latestEvents(events, project, type, 1);
  if (latest !== undefined) return latest;
  return { data: (await eventTypes.get(project, type))?.samples[0] ?? ('{}' as JsonText) };
}

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
