import type { NewProject } from '../api-schemas/project.ts';
import type { WriteFormat } from '../contract.ts';
import type { Clock } from '../kernel/clock.ts';
import { newSeed } from '../model/creation-seed.ts';
import type { Catalogue } from '../model/event-type.ts';
import { NEWEST_FRAPPE, type Project } from '../model/project.ts';
import type { ProjectStore } from '../ports/project-store.ts';

export interface CreateProjectPorts {
  readonly projects: Pick<ProjectStore, 'create' | 'get'>;
  /** The event types that a new project starts with. */
  readonly catalogue: Catalogue;
  /** How long a project keeps its events unless it says otherwise. */
  readonly retentionDays: number;
  /** With 1, it has no generation: the functions of version 0.1 would lose it. */
  readonly writeFormat: WriteFormat;
  readonly clock: Clock;
}

/** Create a project, or return the one that an earlier try from the same seed created. @throws ConflictError */
export async function createProject(
  { projects, catalogue, retentionDays, writeFormat, clock }: CreateProjectPorts,
  given: NewProject,
  seed = newSeed(clock()),
): Promise<Project> {
  const days = given.retentionDays ?? retentionDays;
  const project = {
    ...given,
    retentionDays: days,
    longestRetentionDays: days,
    frappeVersion: given.frappeVersion ?? NEWEST_FRAPPE,
    createdAt: new Date(seed.at).toISOString(),
    ...(writeFormat > 1 && { generation: `gen_${seed.ulid}` }),
  };
  const created = seed.resumed ? await projects.get(project.id) : null;
  if (created?.createdAt === project.createdAt) return created;
  await projects.create(project, catalogue);
  return project;
}
