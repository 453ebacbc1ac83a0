import { DAY_MS } from '../kernel/clock.ts';
import { ValidationError } from '../kernel/errors.ts';
import { validate } from '../kernel/validate.ts';
import type { Publication } from '../model/event-message.ts';
import type { Project } from '../model/project.ts';
import { projectIdSchema } from '../model/project-id.ts';
import type { QueueMessage } from '../model/queue-message.ts';
import type { FanOutPorts } from './ports.ts';

/** Return the project of a published event. @throws ValidationError if there is none */
export async function projectOf(
  { projects, defaultProject }: Pick<FanOutPorts, 'projects' | 'defaultProject'>,
  message: QueueMessage,
  { project: named, isValidated }: Pick<Publication, 'project' | 'isValidated'>,
): Promise<Project> {
  const id = named ?? defaultProject;
  if (id === undefined) throw new ValidationError('The message names no project.');
  const project = await projects.get(validate(projectIdSchema, id));
  if (project === null || (isValidated && isOfFormer(project, message)))
    throw new ValidationError(`There is no project "${id}".`);
  return project;
}

/**
 * Whether a message that our functions sent about a project was about a former one of its name. That stays reserved for 14 days at
 * least, and clocks differ by far less than one.
 */
export const isOfFormer = ({ createdAt }: Project, { sentAt }: QueueMessage): boolean =>
  sentAt < Date.parse(createdAt) - DAY_MS;
