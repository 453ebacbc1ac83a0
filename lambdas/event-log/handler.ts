import {
  eventAttemptFilterSchema,
  eventDeliveryFilterSchema,
  eventFilterSchema,
  projectAttemptFilterSchema,
} from '../../core/api-schemas/list-query.ts';
import { trafficQuerySchema } from '../../core/api-schemas/traffic.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import { found } from '../../core/kernel/errors.ts';
import { type JsonText, objectText, toJsonText } from '../../core/kernel/json-text.ts';
import { validate } from '../../core/kernel/validate.ts';
import { hasScope, type Principal } from '../../core/model/api-key.ts';
import type { Attempt } from '../../core/model/attempt.ts';
import { erasedAttempt } from '../../core/model/erased-event.ts';
import type { Event } from '../../core/model/event.ts';
import { traceIdOf } from '../../core/model/trace-context.ts';
import { trafficSpan } from '../../core/model/traffic.ts';
import { maskUrl } from '../../core/model/url-mask.ts';
import type { AttemptDigests } from '../../core/ports/attempt-digests.ts';
import type { AttemptLog } from '../../core/ports/attempt-log.ts';
import type { EventStore } from '../../core/ports/event-store.ts';
import type { TrafficStore } from '../../core/ports/traffic-store.ts';
import { type DeliveryStatesPorts, deliveryStates } from '../../core/read/delivery-states.ts';
import { type EventDeliveriesPorts, eventDeliveries } from '../../core/read/event-deliveries.ts';
import { eventDeliveryView } from '../../core/read/event-delivery-view.ts';
import {
  type FailingEndpoint,
  type ProjectSummaryPorts,
  projectSummary,
} from '../../core/read/project-summary.ts';
import { spokenAttempt } from '../../core/read/spoken-attempt.ts';
import { trafficOver } from '../../core/read/traffic.ts';
import { visibleAttempt } from '../../core/read/visible-attempt.ts';
import { type ApiOptions, api } from '../middleware/api.ts';
import type { Speech } from '../middleware/languages.ts';
import { answerList, type ListPorts } from '../middleware/paging.ts';
import type { ApiRequest } from '../middleware/request.ts';

type EventLogHandlerPorts = ApiOptions &
  DeliveryStatesPorts &
  EventDeliveriesPorts &
  ProjectSummaryPorts &
  ListPorts & {
    readonly events: Pick<EventStore, 'get' | 'list'>;
    readonly attemptLog: Pick<AttemptLog, 'ofEvent' | 'ofId'>;
    readonly attemptDigests: Pick<AttemptDigests, 'list'>;
    readonly trafficStore: Pick<TrafficStore, 'read'>;
    readonly clock: Clock;
  };

export function eventLogHandler(ports: EventLogHandlerPorts) {
  const { events, attemptLog, attemptDigests, subscriptions, clock } = ports;
  const get = async (project: string, id: string): Promise<Event> =>
    found(await events.get(project, id), 'event', id);
  /** Return attempts with the names of their subscriptions, or null. */
  const withNames = async (project: string, attempts: readonly Attempt[]) => {
    const ids = new Set(attempts.map(({ subscriptionId }) => subscriptionId));
    const known = await subscriptions.getAll(project, [...ids]);
    return attempts.map((attempt) => ({
      attempt,
      subscriptionName: known.get(attempt.subscriptionId)?.name ?? null,
    }));
  };
  return api('event-log', ports, {
    listEvents: (request) =>
      answerList(ports, request, {
        filter: eventFilterSchema,
        read: (page, filter) => events.list(request.path.project, filter, page),
        view: (event) => event,
      }),
    getEvent: async ({ path }) => {
      const event = await get(path.project, path.id);
      return { status: 200, body: view(event, await deliveryStates(ports, event)) };
    },
    listAttempts: (request) =>
      answerList(ports, request, {
        filter: projectAttemptFilterSchema,
        read: async (page, filter) => {
          const { items, cursor } = await attemptDigests.list(request.path.project, page, filter);
          return { items: await withNames(request.path.project, items), cursor };
        },
        view: ({ attempt, subscriptionName }) => ({ ...attemptView(attempt, request), subscriptionName }),
      }),
    listAttemptsOfEvent: (request) =>
      answerList(ports, request, {
        filter: eventAttemptFilterSchema,
        read: async (page, filter) => {
          const { project, id, erased } = await get(request.path.project, request.path.id);
          const { items, cursor } = await attemptLog.ofEvent(project, id, page, filter);
          // What was under way when the event was erased may have been recorded since.
          return { items: erased === undefined ? items : items.map(erasedAttempt), cursor };
        },
        view: (attempt) => attemptView(attempt, request),
      }),
    listDeliveriesOfEvent: (request) =>
      answerList(ports, request, {
        filter: eventDeliveryFilterSchema,
        read: async (page, filter) => {
          const event = await get(request.path.project, request.path.id);
          const { items, cursor } = await eventDeliveries(ports, event, page, filter);
          const isErased = event.erased !== undefined;
          const mayManage = hasScope(request.principal, 'manage');
          return {
            items: items.map((each) => eventDeliveryView(each, { isErased, mayManage, ...request.speech })),
            cursor,
          };
        },
        view: (delivery) => delivery,
      }),
    getAttempt: async ({ path, principal, speech }) => {
      // The event of a test is not stored, but its attempt is.
      const [event, known] = await Promise.all([
        events.get(path.project, path.id),
        attemptLog.ofId(path.project, path.id, path.attempt),
      ]);
      const attempt = found(known, 'attempt', path.attempt);
      const shown = event?.erased === undefined ? attempt : erasedAttempt(attempt);
      return { status: 200, body: attemptView(shown, { principal, speech }) };
    },
    getProjectTraffic: async ({ path, query }) => {
      const span = trafficSpan(validate(trafficQuerySchema, query), clock());
      const data = await trafficOver(ports, path.project, span);
      return { status: 200, body: { stepSeconds: span.stepMs / 1000, data } };
    },
    getProjectSummary: async ({ path, principal, speech }) => {
      const { failing, ...summary } = await projectSummary(ports, path.project);
      const mayManage = hasScope(principal, 'manage');
      const data = failing.data.map((endpoint) => endpointView(endpoint, mayManage, speech));
      return { status: 200, body: { ...summary, failing: { ...failing, data } } };
    },
  });
}

const attemptView = (
  attempt: Attempt,
  { principal, speech }: Pick<ApiRequest, 'speech'> & { readonly principal: Principal },
) => spokenAttempt(visibleAttempt(attempt, hasScope(principal, 'manage')), speech.say);

function endpointView(
  { subscription, lastFailure, ...how }: FailingEndpoint,
  mayManage: boolean,
  { say }: Speech,
) {
  const { id, name, url } = subscription;
  return {
    ...{ subscriptionId: id, name, url: mayManage ? url : maskUrl(url), ...how },
    lastFailure: lastFailure === null ? null : say(lastFailure),
  };
}

/** Return the JSON text of an event, with its data exactly as it was published. */
function view(event: Event, deliveries: object): JsonText {
  const { id, type, time, acceptedAt, suppress, source, publisherId, erased } = event;
  const { data, actor, changes, orderingKey } = event;
  const { traceId } = traceIdOf(event.trace);
  return objectText({
    id: toJsonText(id),
    type: toJsonText(type),
    time: toJsonText(time),
    acceptedAt: toJsonText(acceptedAt),
    suppress: suppress && erased === undefined ? toJsonText(suppress) : undefined,
    source: source === undefined ? undefined : toJsonText(source),
    publisherId: publisherId === undefined ? undefined : toJsonText(publisherId),
    erasedAt: erased && toJsonText(erased.at),
    data: erased === undefined ? data : undefined,
    actor,
    changes,
    orderingKey: orderingKey === undefined ? undefined : toJsonText(orderingKey),
    traceId: traceId === undefined ? undefined : toJsonText(traceId),
    deliveries: toJsonText(deliveries),
  });
}
