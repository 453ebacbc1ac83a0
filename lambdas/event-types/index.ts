import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { ENV } from '../../core/contract.ts';
import { presets } from '../../core/dialects/presets.ts';
import { clock, projectLimits, required } from '../environment.ts';
import { bodies } from '../large-bodies.ts';
import { openLog } from '../middleware/log.ts';
import { table } from '../table.ts';
import { eventTypesHandler } from './handler.ts';

export const handler = eventTypesHandler({
  projects: projectStore(table),
  limits: projectLimits(),
  authorities: authorityStore(table),
  eventTypes: eventTypeStore(table),
  events: eventStore({ ...table, bodies }),
  presets,
  stackKey: required(ENV.stackKey),
  clock,
  log: openLog(),
});
