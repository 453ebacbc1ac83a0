import { openTracing } from '#tracing';
import { allowanceStore } from '../../core/adapters/dynamodb/allowance-store.ts';
import { authorityStore } from '../../core/adapters/dynamodb/authority-store.ts';
import { eventTypeStore } from '../../core/adapters/dynamodb/event-type-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { PublishingRate } from '../../core/publish/publishing-rate.ts';
import { EventValidator } from '../../core/publish/validate-event.ts';
import { cacheProjects } from '../caches.ts';
import { clock, projectLimits, writeFormat } from '../environment.ts';
import { bodies } from '../large-bodies.ts';
import { openLog } from '../middleware/log.ts';
import { openMetrics } from '../middleware/metrics.ts';
import { openInternalQueueFor } from '../queues.ts';
import { table } from '../table.ts';
import { publishHandler } from './handler.ts';

const log = openLog();
const tracing = openTracing(log);
export const handler = publishHandler({
  validator: new EventValidator({ eventTypes: eventTypeStore(table), clock }),
  projects: cacheProjects(projectStore(table), 60_000),
  authorities: authorityStore(table),
  internalQueue: openInternalQueueFor(log, bodies),
  rate: new PublishingRate({ allowances: allowanceStore(table), limits: projectLimits(), clock }),
  tracer: tracing.tracer,
  tracing,
  metrics: openMetrics(),
  clock,
  writeFormat: writeFormat(),
  log,
});
