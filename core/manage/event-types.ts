import { readEventType, schemaOf } from '../api-schemas/event-type.ts';
import type { ProjectLimits } from '../contract.ts';
import { compileSchema } from '../engines/json-schema/compile.ts';
import { type Fault, found, ValidationError } from '../kernel/errors.ts';
import type { JsonText } from '../kernel/json-text.ts';
import type { EventType } from '../model/event-type.ts';
import { eventTypeNameSchema } from '../model/event-type-name.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { CatalogueTexts } from './catalogue-texts.ts';

export interface PutEventTypePorts {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly eventTypes: Pick<EventTypeStore, 'put'>;
  readonly limits: Pick<ProjectLimits, 'eventTypes'>;
  readonly catalogueTexts: CatalogueTexts;
}

interface EventTypesWith<Method extends keyof EventTypeStore> {
  readonly eventTypes: Pick<EventTypeStore, Method>;
}

/**
 * Register or replace an event type.
 *
 * @throws ValidationError with every fault, of the settings and within the schema
 * @throws LimitReachedError if the project has as many as it may have
 */
export async function putEventType(
  ports: PutEventTypePorts,
  project: string,
  type: string,
  settings: JsonText,
): Promise<EventType> {
  const { projects, eventTypes, limits, catalogueTexts } = ports;
  found(await projects.get(project), 'project', project);
  const schema = schemaOf(settings);
  const faults: Fault[] = [];
  const eventType = await collectFaults(faults, async () => readEventType(type, settings));
  if (schema !== null) await collectFaults(faults, () => compileSchema(schema));
  if (eventType === null || faults.length > 0) throw ValidationError.of(faults);
  const stored = catalogueTexts.stored(eventType);
  await eventTypes.put(project, stored, limits.eventTypes);
  return stored;
}

/** @throws NotFoundError */
export async function getEventType(
  { eventTypes }: EventTypesWith<'get'>,
  project: string,
  type: string,
): Promise<EventType> {
  return found(isTypeName(type) ? await eventTypes.get(project, type) : null, 'event type', type);
}

/** Return a page of the project's event types, without the archived ones unless `includeArchived`. */
export function listEventTypes(
  { eventTypes }: EventTypesWith<'list'>,
  project: string,
  includeArchived: boolean,
  page: PageRequest,
): Promise<Page<EventType>> {
  return eventTypes.list(project, page, includeArchived ? {} : { archived: false });
}

/** Remove an event type. Succeeds even if there is none. */
export async function deleteEventType(
  { eventTypes }: EventTypesWith<'delete'>,
  project: string,
  type: string,
): Promise<void> {
  if (isTypeName(type)) await eventTypes.delete(project, type);
}

/** A path may hold any text; one that is too long for a type may also be too long for a key of the table. */
const isTypeName = (type: string): boolean => eventTypeNameSchema.safeParse(type).success;

/** Return the result, or null if there were faults. */
async function collectFaults<Result>(faults: Fault[], read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    faults.push(...error.faults);
    return null;
  }
}
