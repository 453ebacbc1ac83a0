import type { JsonText } from '../../../core/kernel/json-text.ts';
import { attemptId } from '../../../core/model/attempt.ts';
import { placeOf } from '../../../core/model/event-order.ts';
import { NO_EVIDENCE } from '../../../core/model/flow-state.ts';
import { DURATION_LIMITS } from '../../../core/model/traffic.ts';
import {
  attemptRecord,
  eventRecord,
  eventTypeRecord,
  keyRecord,
  NOW,
  projectRecord,
  replayJobRecord,
  subscriptionRecord,
  waitingRecord,
} from '../records.ts';

/** One record of each kind that outlives a version, with constant ids. */

const AT = new Date(NOW).toISOString();
export const STACK_TIME = NOW;

export const project = projectRecord({
  id: 'erp',
  name: 'ERP',
  exportKey: 'export',
  companyId: 'a-company',
  retentionDays: 90,
});
export const deletedProject = projectRecord({ id: 'gone' });
export const key = keyRecord({ id: 'key_1', hash: 'a'.repeat(64), scopes: ['manage', 'publish'] });
export const token = { hash: 'b'.repeat(64), keyHash: key.hash, expiresAt: NOW + 43_200_000 };
export const eventType = eventTypeRecord({
  type: 'invoice.created',
  description: 'An invoice',
  schema: '{"type":"object","required":["total"]}' as JsonText,
  samples: ['{"total":50000.0}' as JsonText],
  archived: true,
});

/** A subscription with every setting. */
export const subscription = subscriptionRecord({
  id: 'sub_1',
  name: 'Billing',
  events: ['invoice.created', 'job.*'],
  method: 'PUT',
  headers: { authorization: 'Bearer x' },
  condition: 'data.total > 5',
  format: 'fields',
  fields: [{ key: 'a', fieldname: 'b' }],
  fieldsEncoding: 'form',
  template: '{"a": 1}',
  dynamicUrl: true,
  signature: 'frappe',
  timeoutSeconds: 5,
  retry: [1, 900, 3600],
  metadata: { team: 'a' },
  secrets: [
    { secret: 'new', expiresAt: null },
    { secret: 'old', expiresAt: NOW + 1000 },
  ],
  onGone: 'remove',
  contentType: 'none',
  alias: 'HOOK-0001',
  dialectPart: { dialect: 'frappe', kept: { a: 1 } },
  rateLimit: { perSecond: 5 },
  maxInFlight: 3,
  ordering: 'strict',
  log: 'full',
  paused: true,
  flow: { mode: 'paused', reason: 'down', since: AT, watchedSince: NOW - 60_000 },
  cancelledUntil: AT,
  version: 3,
});
export const disabledSubscription = subscriptionRecord({
  id: 'sub_2',
  enabled: false,
  disabledReason: 'gone',
});

export const event = eventRecord({
  id: 'evt_1',
  data: '{"total":12345678901234567890,"b":1.10}' as JsonText,
  actor: '{"id":7}' as JsonText,
  changes: '{"total":{"from":1,"to":2}}' as JsonText,
  companyId: 'a-company',
  source: '/erp',
  orderingKey: 'invoice-1',
  order: NOW * 1000 + 7,
  hops: 2,
  trace: {
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    tracestate: 'congo=t61rcWkgMzE',
  },
});
export const cloudEvent = eventRecord({
  id: 'evt_cloudevent',
  data: '"iVBORw0="' as JsonText,
  source: '/erp',
  publisherId: '1',
  cloudEvent: '{"datacontenttype":"image/png","subject":"logo","n":1.10}' as JsonText,
  dataForm: 'base64',
});
export const suppressedEvent = eventRecord({ id: 'evt_2', suppress: true });

export const replayRun = { id: 'rpl_1', requestedAt: AT, after: 2 };

export const position = { pattern: 1, cursor: 'sub_1' };
export const replayPosition = { pattern: 2, cursor: null };
const ofDelivery = { eventId: event.id, subscriptionId: subscription.id };
export const attempt = attemptRecord({ id: 'att_1', ...ofDelivery });
export const failedAttempt = attemptRecord({
  id: 'att_2',
  ...ofDelivery,
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  number: 3,
  trigger: 'replay',
  response: null,
  outcome: 'failure',
  error: 'timeout',
  detail: 'no answer within 10 s',
  nextAttemptAt: AT,
  replay: replayRun,
});

/** An attempt of whose exchange the lists leave out the most. */
export const loggedAttempt = attemptRecord({
  id: 'att_3',
  ...ofDelivery,
  number: 2,
  response: { status: 500, headers: { server: 'a' }, body: 'The cause of the failure. '.repeat(500) },
  outcome: 'failure',
  error: 'status',
  log: 'full',
});

const ofRetry = { ...ofDelivery, number: 4, dueAt: NOW + 30 * 60_000 };
export const waiting = waitingRecord({ ...ofRetry, failedAt: NOW - 1000, outage: true });
export const waitingReplay = waitingRecord({ ...ofRetry, replay: replayRun });
export const ordered = waitingRecord({
  ...ofRetry,
  ordered: placeOf(event),
  failedAt: NOW - 1000,
  outage: true,
});
/** Without an ordering key, and part of a replay. */
export const orderedReplay = waitingRecord({
  ...ofRetry,
  ordered: placeOf(suppressedEvent),
  replay: replayRun,
});
export const keyMark = { key: 'invoice-1', dueAt: NOW + 30_000, failedAt: NOW - 1000, outage: true };
export const flowState = {
  ...NO_EVIDENCE,
  slots: [{ at: NOW - 10_000, first: 9, outages: 8, slow: 2, fast: 1 }],
  run: 8,
  runSince: NOW - 9000,
  runUntil: NOW - 1000,
  failingSince: AT,
  lastFailureAt: AT,
  lastFailure: 'answered 503',
  limitedAt: NOW - 60_000,
  pace: {
    ...{ window: 7, threshold: 12, perSecond: 4.5, isSearching: true, recent: 'ffso' },
    ...{ sentAt: NOW - 1000, ratedAt: NOW - 2000 },
  },
  failedProbes: 2,
  probedAt: NOW - 2000,
  nextProbeAt: NOW + 30_000,
  pull: { before: NOW, what: 'outages' },
} as const;
export const job = replayJobRecord({
  id: 'job_1',
  subscriptionId: subscription.id,
  done: 3,
  cursor: `${AT}#evt_1`,
  reachedAt: AT,
  nextDueAt: NOW + 3,
});
export const creation = {
  id: 'c'.repeat(64),
  creator: 'key_1',
  fingerprint: 'f',
  isDone: true,
  sealed: Uint8Array.from([1, 2, 3]),
  lease: NOW + 15_000,
  expiresAt: NOW + 86_400_000,
};
export const stretch = {
  at: NOW,
  succeeded: 3,
  retrying: 2,
  failed: 1,
  durations: DURATION_LIMITS.map((_, place) => (place === 4 ? 6 : 0)),
};

export const replayed = {
  project: 'erp',
  subscriptionId: subscription.id,
  eventId: event.id,
  id: replayRun.id,
  requestedAt: AT,
};
export const claim = { key: '["SUB#sub_1","PENDING#a#b"]', lease: NOW + 1000 };

/** The events of an event batch that the subscription has received. */
export const eventBatch = ['lot_evt_1', 'lot_evt_2'].map((id) => eventRecord({ id, eventBatch: 'lot_1' }));
export const eventBatchAttempts = eventBatch.map((each) =>
  attemptRecord({
    id: attemptId({ event: each, subscriptionId: subscription.id, number: 1 }),
    eventId: each.id,
    subscriptionId: subscription.id,
    eventBatch: { id: 'lot_1', part: 'part_1' },
  }),
);
