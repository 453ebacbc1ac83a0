import { type OperationId, parametersOf, ROUTES, type Route } from '../routes.ts';
import { erasures } from './erasures.ts';
import { eventLog } from './event-log.ts';
import { eventTypes } from './event-types.ts';
import { frappe } from './frappe.ts';
import { jobs } from './jobs.ts';
import type { RoutedOperation, TaggedOperation } from './operation.ts';
import { presets } from './presets.ts';
import { keys, projects } from './projects.ts';
import { publish } from './publish.ts';
import { reference } from './reference.ts';
import { replay } from './replay.ts';
import { statistics } from './statistics.ts';
import { subscriptions } from './subscriptions.ts';
import { testsAndPreviews } from './tests-and-previews.ts';
import { weavy } from './weavy.ts';

/** An operation for each row of `core/routes.ts`, in the order of the document. */
const described: Readonly<Record<OperationId, TaggedOperation>> = {
  ...projects,
  ...keys,
  ...eventTypes,
  ...presets,
  ...publish,
  ...eventLog,
  ...subscriptions,
  ...testsAndPreviews,
  ...statistics,
  ...replay,
  ...erasures,
  ...jobs,
  ...weavy,
  ...frappe,
  ...reference,
};

export const operations: readonly RoutedOperation[] = Object.entries(described).map(([id, operation]) => {
  const operationId = id as OperationId;
  const row: Route = ROUTES[operationId];
  const { method, path, scope } = row;
  return { ...operation, operationId, method, path, scope, parameters: parametersOf(row) };
});
