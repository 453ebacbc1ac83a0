import { eventReplaySchema, replaySchema } from '../../core/api-schemas/replay.ts';
import { found } from '../../core/kernel/errors.ts';
import { validate } from '../../core/kernel/validate.ts';
import type { ReplayJob } from '../../core/model/replay-job.ts';
import type { EventStore } from '../../core/ports/event-store.ts';
import { type ReplayEventPorts, replayEvent } from '../../core/replay/replay-event.ts';
import {
  getReplayJob,
  type ReplaySubscriptionPorts,
  startReplay,
} from '../../core/replay/replay-subscription.ts';
import { type ApiOptions, api } from '../middleware/api.ts';

type ReplayHandlerPorts = ApiOptions &
  ReplaySubscriptionPorts &
  ReplayEventPorts & {
    readonly events: Pick<EventStore, 'get'>;
  };

export function replayHandler(ports: ReplayHandlerPorts) {
  return api('replay', ports, {
    replaySubscription: async ({ path, json }) => {
      const request = validate(replaySchema, json.value);
      return { status: 202, body: view(await startReplay(ports, path.project, path.id, request)) };
    },
    getReplayJob: async ({ path }) => ({
      status: 200,
      body: view(await getReplayJob(ports, path.project, path.id, path.job)),
    }),
    replayEvent: async ({ path, json }) => {
      const { subscriptionId } = validate(eventReplaySchema, json.value);
      const event = found(await ports.events.get(path.project, path.id), 'event', path.id);
      return { status: 202, body: { id: await replayEvent(ports, event, subscriptionId) } };
    },
  });
}

function view({ id, state, done, total, since, until, only, requestedAt }: ReplayJob) {
  // While the deliveries are being counted, callers see a total that grows.
  return {
    id,
    state: state === 'counting' ? 'running' : state,
    done,
    total,
    since,
    until,
    only,
    requestedAt,
  };
}
