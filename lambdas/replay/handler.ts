import { eventReplaySchema, replaySchema, resendSchema } from '../../core/api-schemas/replay.ts';
import type { CreateOncePorts } from '../../core/idempotency/create-once.ts';
import { found } from '../../core/kernel/errors.ts';
import { validate } from '../../core/kernel/validate.ts';
import { HOPS, refuseHops } from '../../core/model/hops.ts';
import { estimateOf, type ReplayJob } from '../../core/model/replay-job.ts';
import type { EventStore } from '../../core/ports/event-store.ts';
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
  CreateOncePorts &
  ListPorts & {
    readonly events: Pick<EventStore, 'get'>;
  };

export function replayHandler(ports: ReplayHandlerPorts) {
  const view = (job: ReplayJob) => {
    const { id, state, done, since, until, only, requestedAt } = job;
    return { id, state, done, ...estimateOf(job, ports.clock()), since, until, only, requestedAt };
  };
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
