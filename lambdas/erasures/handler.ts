import { erasureSchema } from '../../core/api-schemas/erasure.ts';
import { type EraseEventPorts, eraseEvent } from '../../core/erase/erase-event.ts';
import { type StartErasurePorts, startErasure } from '../../core/erase/start-erasure.ts';
import { found, UnavailableError } from '../../core/kernel/errors.ts';
import { type JsonText, membersOf } from '../../core/kernel/json-text.ts';
import { validate } from '../../core/kernel/validate.ts';
import type { ErasureStore } from '../../core/ports/erasure-store.ts';
import { erasureView } from '../../core/read/job-views.ts';
import { type ApiOptions, api } from '../middleware/api.ts';
import { answerList, type ListPorts, NO_FILTER } from '../middleware/paging.ts';

type ErasuresHandlerPorts = ApiOptions &
  Omit<EraseEventPorts, 'erasures'> &
  StartErasurePorts &
  ListPorts & {
    readonly erasures: ErasureStore;
    /** Milliseconds after which a call leaves the rest to the next one. */
    readonly timeLimit: number;
  };

export function erasuresHandler(ports: ErasuresHandlerPorts) {
  const { erasures, clock, timeLimit } = ports;
  return api('erasures', ports, {
    eraseEventData: async ({ path }) => {
      if (!(await eraseEvent(ports, path.project, path.id, clock() + timeLimit))) throw unfinished();
      return { status: 204 };
    },
    startErasure: async ({ path, json }) => {
      validate(erasureSchema, json.value);
      const actor = membersOf(json.text).get('actor') as JsonText;
      return { status: 202, body: erasureView(await startErasure(ports, path.project, actor)) };
    },
    listErasures: (request) =>
      answerList(ports, request, {
        filter: NO_FILTER,
        read: (page) => erasures.list(request.path.project, page),
        view: (job) => erasureView(job),
      }),
    getErasure: async ({ path }) => ({
      status: 200,
      body: erasureView(found(await erasures.get(path.project, path.id), 'erasure', path.id)),
    }),
  });
}

const unfinished = () =>
  new UnavailableError(
    'The event is erased, but not yet all of its attempts. Send the request again to continue; the rest is erased within minutes anyway.',
  );
