import { found } from '../../core/domain/errors.ts';
import type { Event } from '../../core/domain/event.ts';
import { type JsonText, objectText, toJsonText } from '../../core/domain/json-text.ts';
import { eventFilterSchema } from '../../core/domain/list-query.ts';
import { trafficSpan } from '../../core/domain/traffic.ts';
import { trafficQuerySchema } from '../../core/domain/traffic-schema.ts';
import { validate } from '../../core/domain/validate.ts';
import type {
  AttemptLog,
  BindingStore,
  Clock,
  EventStore,
  ParkedDeliveries,
  ProjectStore,
  SubscriptionStore,
  TrafficStore,
} from '../../core/ports.ts';
import { deliveryStates } from '../../core/use-cases/delivery-states.ts';
import { trafficOver } from '../../core/use-cases/traffic.ts';
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
