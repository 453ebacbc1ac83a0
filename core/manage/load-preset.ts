import type { ProjectLimits } from '../contract.ts';
import { found } from '../kernel/errors.ts';
import type { Preset } from '../model/preset.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';
import type { ProjectStore } from '../ports/project-store.ts';

export interface LoadPresetPorts {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly eventTypes: Pick<EventTypeStore, 'add'>;
  readonly limits: Pick<ProjectLimits, 'eventTypes'>;
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
  const { projects, eventTypes, limits, presets } = ports;
  const preset = found(
    presets.find((each) => each.name === name),
    'preset',
    name,
  );
  found(await projects.get(project), 'project', project);
  const offered = preset.entries.map(({ eventType }) => eventType);
  const added = await eventTypes.add(project, offered, limits.eventTypes);
  const typesOf = (isNew: boolean) =>
    offered.map(({ type }) => type).filter((type) => added.has(type) === isNew);
  return { preset: name, added: typesOf(true), existing: typesOf(false) };
}
