import { eventFilterSchema } from '../../core/api-schemas/list-query.ts';
import { trafficQuerySchema } from '../../core/api-schemas/traffic.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import { found } from '../../core/kernel/errors.ts';
import { type JsonText, objectText, toJsonText } from '../../core/kernel/json-text.ts';
import { validate } from '../../core/kernel/validate.ts';
import type { Event } from '../../core/model/event.ts';
import { trafficSpan } from '../../core/model/traffic.ts';
import type { AttemptLog } from '../../core/ports/attempt-log.ts';
import type { BindingStore } from '../../core/ports/binding-store.ts';
import type { EventStore } from '../../core/ports/event-store.ts';
import type { ParkedDeliveries } from '../../core/ports/parked-deliveries.ts';
import type { ProjectStore } from '../../core/ports/project-store.ts';
import type { SubscriptionStore } from '../../core/ports/subscription-store.ts';
import type { TrafficStore } from '../../core/ports/traffic-store.ts';
import { deliveryStates } from '../../core/read/delivery-states.ts';
import { trafficOver } from '../../core/read/traffic.ts';
import { api } from '../middleware/api.ts';
import type { FunctionLog } from '../middleware/log.ts';
import { type AnswerList, NO_FILTER } from '../middleware/paging.ts';

export interface EventLogHandlerDependencies {
  readonly events: Pick<EventStore, 'get' | 'list'>;
  readonly attempts: Pick<AttemptLog, 'ofEvent'>;
  readonly subscriptions: Pick<SubscriptionStore, 'get'>;
  readonly bindings: BindingStore;
  readonly parked: Pick<ParkedDeliveries, 'waits'>;
  readonly traffic: Pick<TrafficStore, 'read'>;
  readonly clock: Clock;
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly answerList: AnswerList;
  readonly log: FunctionLog;
}

export function eventLogHandler(dependencies: EventLogHandlerDependencies) {
  const { events, attempts, projects, traffic, clock, answerList, log } = dependencies;
  const states = deliveryStates(dependencies);
  const get = async (project: string, id: string): Promise<Event> =>
    found(await events.get(project, id), 'event', id);
  return api(
    { log, projects },
    {
      'GET /v1/projects/{project}/events': {
        scope: 'read',
        run: (request) =>
          answerList(request, {
            filter: eventFilterSchema,
            read: (page, filter) => events.list(request.path.project, filter, page),
            view: (event) => event,
          }),
      },
      'GET /v1/projects/{project}/traffic': {
        scope: 'read',
        run: async ({ path, query }) => {
          const span = trafficSpan(validate(trafficQuerySchema, query), clock());
          const data = await trafficOver(traffic, path.project, span);
          return { status: 200, body: { stepSeconds: span.stepMs / 1000, data } };
        },
      },
      'GET /v1/projects/{project}/events/{id}': {
        scope: 'read',
        run: async ({ path }) => {
          const event = await get(path.project, path.id);
          return { status: 200, body: view(event, await states(event)) };
        },
      },
      'GET /v1/projects/{project}/events/{id}/attempts': {
        scope: 'read',
        run: (request) =>
          answerList(request, {
            filter: NO_FILTER,
            read: async (page) => {
              const { project, id } = await get(request.path.project, request.path.id);
              return attempts.ofEvent(project, id, page);
            },
            view: (attempt) => attempt,
          }),
      },
    },
  );
}

/** As text: the data is shown as it was published. */
function view(
  { id, type, time, acceptedAt, suppress, data, actor, changes }: Event,
  deliveries: object,
): JsonText {
  return objectText({
    id: toJsonText(id),
    type: toJsonText(type),
    time: toJsonText(time),
    acceptedAt: toJsonText(acceptedAt),
    suppress: suppress ? toJsonText(suppress) : undefined,
    data,
    actor,
    changes,
    deliveries: toJsonText(deliveries),
  });
}
