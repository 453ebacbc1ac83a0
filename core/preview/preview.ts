import type { NewSubscription } from '../api-schemas/subscription.ts';
import { type TrialContent, type TrialRequest, trialEvent } from '../api-schemas/test-request.ts';
import { conditionHolds } from '../customer-code/conditions.ts';
import { EventScope } from '../customer-code/event-scope.ts';
import { recordAttempts } from '../deliver/record-attempts.ts';
import { sendAttempt } from '../deliver/send-attempt.ts';
import type { Clock } from '../kernel/clock.ts';
import { found, RenderError } from '../kernel/errors.ts';
import type { JsonText } from '../kernel/json-text.ts';
import { draftSubscription } from '../manage/subscriptions.ts';
import type { Attempt } from '../model/attempt.ts';
import type { Event } from '../model/event.ts';
import { matches } from '../model/event-pattern.ts';
import { maskHeaders } from '../model/header-mask.ts';
import { lowerCased } from '../model/request-headers.ts';
import type { OutgoingRequest } from '../model/send-result.ts';
import type { Subscription } from '../model/subscription.ts';
import type { AttemptLog } from '../ports/attempt-log.ts';
import type { BreakerStore } from '../ports/breaker-store.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { EventTypeStore } from '../ports/event-type-store.ts';
import type { Log } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { Sender } from '../ports/sender.ts';
import type { SubscriptionStore } from '../ports/subscription-store.ts';
import { latestEvents } from '../read/samples.ts';
import { makeRequest } from '../request/outgoing-request.ts';

export interface TrialDependencies {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly events: Pick<EventStore, 'get' | 'list'>;
  readonly eventTypes: Pick<EventTypeStore, 'get' | 'list'>;
  readonly attemptLog: Pick<AttemptLog, 'record'>;
  readonly breakers: Pick<BreakerStore, 'hurry'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a subscription would get for an event. */
export interface Preview {
  readonly event: Pick<Event, 'id' | 'type' | 'time'>;
  /** Null if the condition cannot be evaluated. */
  readonly conditionHolds: boolean | null;
  /** With its signature; credentials among the subscription's own headers are masked. Null if none can be made. */
  readonly request: Pick<OutgoingRequest, 'method' | 'url' | 'headers' | 'body'> | null;
  readonly error: 'render' | null;
  readonly detail?: string;
}

/** An HTTP API of AWS answers within 30 s, whatever a subscription's own deadline is. */
const MOST_SECONDS = 25;

/** A test is no traffic. */
const NOT_COUNTED: Metrics = { count: () => {}, measure: () => {} };

/** Trying a subscription, also a disabled one, with an event that nobody need publish. */
export function trial(dependencies: TrialDependencies) {
  const { projects, clock } = dependencies;

  const previewOf = async (subscription: Subscription, asked: TrialRequest): Promise<Preview> => {
    const event = await eventFor(dependencies, subscription, asked);
    const now = clock();
    const scope = new EventScope(event, now);
    const about = { id: event.id, type: event.type, time: event.time };
    let holds: boolean | null = null;
    try {
      holds = conditionHolds(subscription.condition, scope);
      const { method, url, headers, body } = await makeRequest(projects, subscription, event, now, scope);
      const shown = { ...headers, ...maskHeaders(lowerCased(subscription.headers)) };
      return {
        event: about,
        conditionHolds: holds,
        request: { method, url, headers: shown, body },
        error: null,
      };
    } catch (error) {
      if (!(error instanceof RenderError)) throw error;
      return { event: about, conditionHolds: holds, request: null, error: 'render', detail: error.message };
    }
  };

  return {
    /** Sends nothing. */
    async preview(project: string, id: string, asked: TrialRequest): Promise<Preview> {
      return previewOf(await subscriptionOf(dependencies, project, id), asked);
    },

    /** The same for settings that are not saved. */
    previewDraft: (project: string, settings: NewSubscription, asked: TrialRequest): Promise<Preview> =>
      previewOf(draftSubscription(project, settings, clock()), asked),

    /**
     * Makes one attempt, whatever the condition and the breaker say. It is in the request log, but neither counts
     * against the endpoint nor is it tried again; if it succeeds, an open breaker looks at once.
     */
    async test(project: string, id: string, asked: TrialRequest, sender: Sender): Promise<Attempt> {
      const { attemptLog, breakers, log } = dependencies;
      const subscription = await subscriptionOf(dependencies, project, id);
      const event = await eventFor(dependencies, subscription, asked);
      const timeoutSeconds = Math.min(subscription.timeoutSeconds, MOST_SECONDS);
      const delivery = { project, subscriptionId: id, number: 1, trigger: 'test', event } as const;
      const sent = await sendAttempt(
        { projects, sender, clock },
        { ...subscription, timeoutSeconds },
        delivery,
      );
      const attempt = { ...sent.attempt, nextAttemptAt: null };
      const attempts = recordAttempts({ attemptLog, log, metrics: NOT_COUNTED });
      const sinceAcceptedMs = clock() - Date.parse(event.acceptedAt);
      attempts.add({ ...attempt, ...sent.record }, { follows: 'nothing', sinceAcceptedMs });
      await attempts.flush();
      if (attempt.outcome === 'success' && subscription.health.state === 'open')
        await breakers.hurry(id, clock());
      return attempt;
    },
  };
}

export type Trial = ReturnType<typeof trial>;

const subscriptionOf = async (
  { subscriptions }: TrialDependencies,
  project: string,
  id: string,
): Promise<Subscription> => found(await subscriptions.get(project, id), 'subscription', id);

async function eventFor(
  dependencies: TrialDependencies,
  subscription: Subscription,
  { type, data, eventId }: TrialRequest,
): Promise<Event> {
  const { projects, events, clock } = dependencies;
  const project = found(await projects.get(subscription.project), 'project', subscription.project);
  if (eventId !== undefined) return found(await events.get(project.id, eventId), 'event', eventId);
  const chosen = type ?? (await typeFor(dependencies, subscription));
  const content = data === undefined ? await sampleOf(dependencies, project.id, chosen) : { data };
  return trialEvent(project, chosen, content, clock());
}

/** How many are looked through for one that fits. */
const MOST_EVENTS = 25;
const MOST_TYPES = 100;

/** A type that the subscription wants: one that it names, else of the latest events, else a registered one. */
async function typeFor(
  { events, eventTypes }: TrialDependencies,
  { project, events: patterns }: Subscription,
): Promise<string> {
  const named = patterns.find((pattern) => !pattern.endsWith('*'));
  if (named !== undefined) return named;
  const page = (limit: number) => ({ limit, cursor: null });
  const isWanted = ({ type }: { readonly type: string }) => matches(patterns, type);
  const latest = (await events.list(project, {}, page(MOST_EVENTS))).items.find(isWanted);
  if (latest !== undefined) return latest.type;
  const registered = await eventTypes.list(project, page(MOST_TYPES), { archived: false });
  return registered.items.find(isWanted)?.type ?? (patterns[0] ?? '*').replace('*', 'test');
}

/** The latest real event's content, else the first registered sample, else nothing. */
async function sampleOf(
  { events, eventTypes }: TrialDependencies,
  project: string,
  type: string,
): Promise<TrialContent> {
  const [latest] = await latestEvents(events, project, type, 1);
  if (latest !== undefined) return latest;
  return { data: (await eventTypes.get(project, type))?.samples[0] ?? ('{}' as JsonText) };
}
