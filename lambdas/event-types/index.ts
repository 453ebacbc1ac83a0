import { eventStore } from '../../core/adapters/dynamodb/event-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { openTable } from '../../core/adapters/dynamodb/table.ts';
import { ENV } from '../../core/contract.ts';
import { presets } from '../../core/dialects/presets.ts';
import { manageEventTypes } from '../../core/manage/event-types.ts';
import { loadPreset } from '../../core/manage/presets.ts';
import { samples } from '../../core/read/samples.ts';
import { required } from '../environment.ts';
import { openLog } from '../middleware/log.ts';
import { lists } from '../middleware/paging.ts';
import { eventTypesHandler } from './handler.ts';

const table = openTable(required(ENV.tableName), Date.now);
const projects = projectStore(table);
const eventTypes = eventTypeStore(table);

export const handler = eventTypesHandler({
  manage: manageEventTypes({ projects, eventTypes }),
  samples: samples({ events: eventStore(table), eventTypes }),
  presets,
  loadPreset: loadPreset({ projects, eventTypes, presets }),
  projects,
  answerList: lists(required(ENV.stackKey)),
  log: openLog(),
});
