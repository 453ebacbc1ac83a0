import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { ENV } from '../../core/contract.ts';
import { initialCatalogue } from '../../core/dialects/index.ts';
import { createKey, createProject } from '../../core/use-cases/projects.ts';
import { required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { projectsHandler } from './handler.ts';

const clock = Date.now;
const table = openTable(required(ENV.tableName), clock);
const projects = projectStore(table);
const keys = keyStore(table);

export const handler = projectsHandler({
  projects,
  keys,
  createProject: createProject({ projects, catalogue: initialCatalogue, clock }),
  createKey: createKey({ projects, keys, clock }),
  log: openLog(),
});
