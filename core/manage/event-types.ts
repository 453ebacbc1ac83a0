import { readEventType, schemaOf } from '../api-schemas/event-type.ts';
import { compileSchema } from '../engines/json-schema/compile.ts';
import { type Fault, found, ValidationError } from '../kernel/errors.ts';
import type { JsonText } from '../kernel/json-text.ts';
import type { EventType } from '../model/event-type.ts';
import { eventTypeNameSchema } from '../model/event-type-name.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { ProjectStore } from '../ports/project-store.ts';

export interface EventTypesDependencies {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly eventTypes: EventTypeStore;
}

/** A name that nothing can be registered under may be too long to be looked up. */
const mayBe = (type: string): boolean => eventTypeNameSchema.safeParse(type).success;

/** Registering, listing and removing the event types of a project. */
export function manageEventTypes({ projects, eventTypes }: EventTypesDependencies) {
  return {
    /** @throws ValidationError with every fault, of the settings and within the schema */
    async put(project: string, type: string, settings: JsonText): Promise<EventType> {
      found(await projects.get(project), 'project', project);
      const schema = schemaOf(settings);
      const faults: Fault[] = [];
      const eventType = await collectFaults(faults, async () => readEventType(type, settings));
      if (schema !== null) await collectFaults(faults, () => compileSchema(schema));
      if (eventType === null || faults.length > 0) throw ValidationError.of(faults);
      await eventTypes.put(project, eventType);
      return eventType;
    },

    async get(project: string, type: string): Promise<EventType> {
      return found(mayBe(type) ? await eventTypes.get(project, type) : null, 'event type', type);
    },

    /** Archived ones are left out unless they are asked for. */
    list(project: string, includeArchived: boolean, page: PageRequest): Promise<Page<EventType>> {
      return eventTypes.list(project, page, includeArchived ? {} : { archived: false });
    },

    /** Also when there is none. */
    async remove(project: string, type: string): Promise<void> {
      if (mayBe(type)) await eventTypes.delete(project, type);
    },
  };
}

/** Null where there were faults. */
async function collectFaults<Result>(faults: Fault[], read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    faults.push(...error.faults);
    return null;
  }
}

export type ManageEventTypes = ReturnType<typeof manageEventTypes>;
