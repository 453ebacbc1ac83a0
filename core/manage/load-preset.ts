import { found } from '../kernel/errors.ts';
import type { Preset } from '../model/preset.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import { type LimitPorts, refuseBeyondLimit } from './limits.ts';

export interface LoadPresetPorts extends LimitPorts {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly eventTypes: Pick<EventTypeStore, 'get' | 'add'>;
  readonly presets: readonly Preset[];
}

export interface LoadedPreset {
  readonly preset: string;
  /** Names of the event types that were registered. */
  readonly added: readonly string[];
  /** Names of the event types that the project already had; they stay as they are. */
  readonly existing: readonly string[];
}

/** Register the event types of a preset that the project lacks. A repeated call completes an interrupted one. @throws LimitReachedError */
export async function loadPreset(
  ports: LoadPresetPorts,
  project: string,
  name: string,
): Promise<LoadedPreset> {
  const { projects, eventTypes, presets } = ports;
  const preset = found(
    presets.find((each) => each.name === name),
    'preset',
    name,
  );
  found(await projects.get(project), 'project', project);
  await refuseBeyondLimit(ports, project, 'eventTypes', preset.eventTypes.length, async () => {
    const known = await Promise.all(preset.eventTypes.map(({ type }) => eventTypes.get(project, type)));
    return known.filter((eventType) => eventType === null).length;
  });
  const tried = await Promise.all(
    preset.eventTypes.map(async (eventType) => ({
      type: eventType.type,
      isNew: await eventTypes.add(project, eventType),
    })),
  );
  const typesOf = (wanted: boolean) => tried.filter(({ isNew }) => isNew === wanted).map(({ type }) => type);
  return { preset: name, added: typesOf(true), existing: typesOf(false) };
}
