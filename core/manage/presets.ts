import { found } from '../kernel/errors.ts';
import type { Preset } from '../model/preset.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';
import type { ProjectStore } from '../ports/project-store.ts';

export interface LoadPresetDependencies {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly eventTypes: Pick<EventTypeStore, 'add'>;
  readonly presets: readonly Preset[];
}

/** By their names. */
export interface LoadedPreset {
  readonly preset: string;
  readonly added: readonly string[];
  /** The project has had these before, and they are left as they are. */
  readonly existing: readonly string[];
}

/** Registers those event types of a preset that a project does not have. What ends half way is completed by the next try. */
export function loadPreset({ projects, eventTypes, presets }: LoadPresetDependencies) {
  return async (project: string, name: string): Promise<LoadedPreset> => {
    const preset = found(
      presets.find((known) => known.name === name),
      'preset',
      name,
    );
    found(await projects.get(project), 'project', project);
    const tried = await Promise.all(
      preset.eventTypes.map(async (eventType) => ({
        type: eventType.type,
        isNew: await eventTypes.add(project, eventType),
      })),
    );
    const typesOf = (wanted: boolean) =>
      tried.filter(({ isNew }) => isNew === wanted).map(({ type }) => type);
    return { preset: name, added: typesOf(true), existing: typesOf(false) };
  };
}
