import type { Attempt } from '../domain/attempt.ts';
import { conditionHolds } from '../domain/customization.ts';
import { found, RenderError } from '../domain/errors.ts';
import type { Event } from '../domain/event.ts';
import { matches } from '../domain/event-type.ts';
import type { OutgoingRequest } from '../domain/exchange.ts';
import type { Formats } from '../domain/format.ts';
import { maskHeaders } from '../domain/header-mask.ts';
import type { JsonText } from '../domain/json-text.ts';
import { lowerCased } from '../domain/request-headers.ts';
import type { Subscription } from '../domain/subscription.ts';
import type { NewSubscription } from '../domain/subscription-settings.ts';
import { EventScope } from '../domain/template/event-scope.ts';
import { type TrialContent, type TrialRequest, trialEvent } from '../domain/trial.ts';
import type {
  AttemptLog,
  BreakerStore,
  Clock,
  EventStore,
  EventTypeStore,
  Log,
  Metrics,
  ProjectStore,
  Sender,
  SubscriptionStore,
} from '../ports.ts';
import { makeRequest } from './make-request.ts';
import { recordAttempts } from './record-attempts.ts';
import { latestEvents } from './samples.ts';
import { sendAttempt } from './send-attempt.ts';
import { draftSubscription } from './subscriptions.ts';

export interface TrialDependencies {
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly events: Pick<EventStore, 'get' | 'list'>;
  readonly eventTypes: Pick<EventTypeStore, 'get' | 'list'>;
  readonly attemptLog: Pick<AttemptLog, 'record'>;
  readonly breakers: Pick<BreakerStore, 'hurry'>;
  readonly formats: Formats;
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
  const { formats, clock } = dependencies;
  const request = makeRequest(dependencies);

  const previewOf = async (subscription: Subscription, asked: TrialRequest): Promise<Preview> => {
    const event = await eventFor(dependencies, subscription, asked);
    const now = clock();
    const scope = new EventScope(event, now);
    const about = { id: event.id, type: event.type, time: event.time };
    let holds: boolean | null = null;
    try {
      holds = conditionHolds(subscription.condition, scope);
      const { method, url, headers, body } = await request(subscription, event, now, scope);
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
      previewOf(draftSubscription(project, settings, formats, clock()), asked),

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
        { makeRequest: request, sender, clock },
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
