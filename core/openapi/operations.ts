import { eventLog } from './event-log.ts';
import { eventTypes } from './event-types.ts';
import { frappe } from './frappe.ts';
import type { Operation } from './operation.ts';
import { presets } from './presets.ts';
import { projects } from './projects.ts';
import { publish } from './publish.ts';
import { reference } from './reference.ts';
import { replay } from './replay.ts';
import { statistics } from './statistics.ts';
import { subscriptions } from './subscriptions.ts';
import { trials } from './trials.ts';
import { weavy } from './weavy.ts';

/** Every route that callers are told of. */
export const operations: readonly Operation[] = [
  ...projects,
  ...eventTypes,
  ...presets,
  ...publish,
  ...eventLog,
  ...subscriptions,
  ...trials,
  ...statistics,
  ...replay,
  ...weavy,
  ...frappe,
  ...reference,
];
