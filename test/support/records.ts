import type { JsonText } from '../../core/kernel/json-text.ts';
import { type ApiKey, hashBearer } from '../../core/model/api-key.ts';
import type { Attempt } from '../../core/model/attempt.ts';
import type { ParkedDelivery } from '../../core/model/delivery.ts';
import type { Event } from '../../core/model/event.ts';
import type { EventType } from '../../core/model/event-type.ts';
import { DIRECT } from '../../core/model/flow.ts';
import type { Project } from '../../core/model/project.ts';
import type { ReplayJob } from '../../core/model/replay-job.ts';
import { dialectDefaults, type Subscription, subscriptionDefaults } from '../../core/model/subscription.ts';
import type { WaitingDelivery } from '../../core/model/waiting-delivery.ts';
import type { RecordedAttempt } from '../../core/ports/attempt-log.ts';

let made = 0;
/** Return a new name each time, in ascending order. */
export const unique = (prefix: string): string => `${prefix}_${String(++made).padStart(6, '0')}`;

export const NOW = Date.UTC(2026, 0, 15, 12);
const AT = new Date(NOW).toISOString();
const DAY_MS = 86_400_000;

export function projectRecord(given: Partial<Project> = {}): Project {
  return {
    id: unique('p'),
    name: null,
    exportKey: null,
    companyId: null,
    retentionDays: 30,
    longestRetentionDays: given.retentionDays ?? 30,
    frappeVersion: 16,
    createdAt: AT,
    ...given,
  };
}

export function keyRecord(given: Partial<ApiKey> = {}): ApiKey {
  const id = unique('key');
  return {
    id,
    project: 'erp',
    name: 'A key',
    scopes: ['read'],
    hash: hashBearer(id),
    createdAt: AT,
    ...given,
  };
}

export function eventTypeRecord(given: Partial<EventType> = {}): EventType {
  return {
    type: 'invoice.created',
    description: null,
    schema: null,
    samples: [],
    archived: false,
    ...given,
  };
}

export function subscriptionRecord(given: Partial<Subscription> = {}): Subscription {
  return {
    ...subscriptionDefaults,
    ...dialectDefaults,
    id: unique('sub'),
    project: 'erp',
    url: 'https://example.com/hook',
    events: ['invoice.created'],
    disabledReason: null,
    secrets: [{ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', expiresAt: null }],
    flow: DIRECT,
    cancelledUntil: null,
    version: 1,
    createdAt: AT,
    updatedAt: AT,
    ...given,
  };
}

export function eventRecord(given: Partial<Event> = {}): Event {
  return {
    project: 'erp',
    id: unique('evt'),
    type: 'invoice.created',
    time: AT,
    acceptedAt: AT,
    expiresAt: NOW + 30 * DAY_MS,
    data: '{"total":50000.0}' as JsonText,
    ...given,
  };
}

export function attemptRecord(given: Partial<RecordedAttempt> = {}): RecordedAttempt {
  const number = given.number ?? 1;
  return {
    id: unique('att'),
    project: 'erp',
    eventId: 'evt_1',
    eventType: 'invoice.created',
    subscriptionId: 'sub_1',
    number,
    trigger: number === 1 ? 'event' : 'retry',
    at: AT,
    durationMs: 12,
    request: {
      method: 'POST',
      url: 'https://example.com/hook',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    },
    response: { status: 200, headers: { 'x-served-by': 'a' }, body: 'ok' },
    outcome: 'success',
    error: null,
    nextAttemptAt: null,
    expiresAt: NOW + 30 * DAY_MS,
    ...given,
  };
}

export function toldAttempt({
  expiresAt: _,
  project: _project,
  replay: _replay,
  ...attempt
}: RecordedAttempt): Attempt {
  return attempt;
}

export function parkedRecord(given: Partial<ParkedDelivery> = {}): ParkedDelivery {
  return {
    project: 'erp',
    subscriptionId: unique('sub'),
    eventId: unique('evt'),
    number: 4,
    acceptedAt: AT,
    scheduledFor: NOW + 30 * 60_000,
    held: false,
    ...given,
  };
}

export function waitingRecord(given: Partial<WaitingDelivery> = {}): WaitingDelivery {
  return {
    project: 'erp',
    subscriptionId: unique('sub'),
    eventId: unique('evt'),
    number: 1,
    acceptedAt: AT,
    dueAt: NOW,
    ...given,
  };
}

export function replayJobRecord(given: Partial<ReplayJob> = {}): ReplayJob {
  return {
    id: unique('job'),
    project: 'erp',
    subscriptionId: unique('sub'),
    since: AT,
    until: AT,
    only: 'failed',
    state: 'running',
    done: 0,
    cursor: null,
    reachedAt: null,
    nextDueAt: NOW,
    requestedAt: AT,
    expiresAt: NOW + 30 * DAY_MS,
    ...given,
  };
}
