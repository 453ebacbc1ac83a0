import { creationStore } from '../../core/adapters/dynamodb/creation-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { ENV } from '../../core/contract.ts';
import { initialCatalogue } from '../../core/dialects/index.ts';
import { deleteProject } from '../../core/manage/delete-project.ts';
import { changeProject, createKey, createProject } from '../../core/manage/projects.ts';
import { required } from '../environment.ts';
import { creations } from '../middleware/creation.ts';
import { openLog } from '../middleware/log.ts';
import { lists } from '../middleware/paging.ts';
import { projectsHandler } from './handler.ts';

const clock = Date.now;
const stackKey = required(ENV.stackKey);
const table = openTable(required(ENV.tableName), clock);
const projects = projectStore(table);
const keys = keyStore(table);
const subscriptions = subscriptionStore(table);
const log = openLog();

export const handler = projectsHandler({
  projects,
  keys,
  createProject: createProject({
    projects,
    catalogue: initialCatalogue,
    retentionDays: Number(required(ENV.retentionDays)),
    clock,
  }),
  changeProject: changeProject({ projects, subscriptions }),
  deleteProject: deleteProject({
    projects,
    keys,
    subscriptions,
    eventTypes: eventTypeStore(table),
    clock,
    log,
    // Of the ten seconds that the function has.
    timeLimit: 6000,
  }),
  createKey: createKey({ projects, keys, clock }),
  answerList: lists(stackKey),
  answerCreation: creations({ creations: creationStore(table), stackKey, clock, log }),
  log,
});
