import { jobFilterSchema } from '../../core/api-schemas/list-query.ts';
import { eventReplaySchema, replaySchema, resendSchema } from '../../core/api-schemas/replay.ts';
import type { CreateOncePorts } from '../../core/idempotency/create-once.ts';
import { found } from '../../core/kernel/errors.ts';
import { validate } from '../../core/kernel/validate.ts';
import { hasScope } from '../../core/model/api-key.ts';
import { HOPS, refuseHops } from '../../core/model/hops.ts';
import type { ReplayJob } from '../../core/model/replay-job.ts';
import type { EventStore } from '../../core/ports/event-store.ts';
import { jobView, replayView } from '../../core/read/job-views.ts';
import { type ProjectJobsPorts, projectJobs } from '../../core/read/project-jobs.ts';
import { type ReplayEventPorts, replayEvent } from '../../core/replay/replay-event.ts';
import {
  cancelReplay,
  getReplayJob,
  listReplayJobs,
  type ReplaySubscriptionPorts,
  startReplay,
} from '../../core/replay/replay-subscription.ts';
import { type ResendDeliveriesPorts, resendDeliveries } from '../../core/replay/resend-deliveries.ts';
import { type ApiOptions, api } from '../middleware/api.ts';
import { answerCreation } from '../middleware/creation.ts';
import { answerList, type ListPorts, NO_FILTER } from '../middleware/paging.ts';

type ReplayHandlerPorts = ApiOptions &
  ReplaySubscriptionPorts &
  ReplayEventPorts &
  ResendDeliveriesPorts &
  ProjectJobsPorts &
  CreateOncePorts &
  ListPorts & {
    readonly events: Pick<EventStore, 'get'>;
  };

export function replayHandler(ports: ReplayHandlerPorts) {
  const view = (job: ReplayJob) => replayView(job, ports.clock());
  return api('replay', ports, {
    replaySubscription: async ({ path, headers, json }) => {
      refuseHops(headers[HOPS]);
      const request = validate(replaySchema, json.value);
      return { status: 202, body: view(await startReplay(ports, path.project, path.id, request)) };
    },
    listReplayJobs: (request) =>
      answerList(ports, request, {
        filter: NO_FILTER,
        read: (page) => listReplayJobs(ports, request.path.project, request.path.id, page),
        view,
      }),
    getReplayJob: async ({ path }) => ({
      status: 200,
      body: view(await getReplayJob(ports, path.project, path.id, path.job)),
    }),
    cancelReplayJob: async ({ path }) => ({
      status: 200,
      body: view(await cancelReplay(ports, path.project, path.id, path.job)),
    }),
    listJobs: (request) =>
      answerList(ports, request, {
        filter: jobFilterSchema,
        read: (page, filter) =>
          projectJobs(ports, request.path.project, page, filter, hasScope(request.principal, 'manage')),
        view: (job) => jobView(job, ports.clock()),
      }),
    resendDeliveries: async (request) => {
      refuseHops(request.headers[HOPS]);
      const given = validate(resendSchema, request.json.value);
      return answerCreation(ports, request, given, async (seed) => ({
        status: 202,
        body: { id: await resendDeliveries(ports, request.path.project, given, seed) },
      }));
    },
    replayEvent: async ({ path, headers, json }) => {
      refuseHops(headers[HOPS]);
      const { subscriptionId } = validate(eventReplaySchema, json.value);
      const event = found(await ports.events.get(path.project, path.id), 'event', path.id);
      return { status: 202, body: { id: await replayEvent(ports, event, subscriptionId) } };
    },
  });
}
