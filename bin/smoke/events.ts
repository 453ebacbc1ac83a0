import { isDeepStrictEqual } from 'node:util';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { toPathSegment } from '../../client/path-segment.ts';
import { callApi, getOrNull } from '../admin/api.ts';
import { CheckError } from './check.ts';
import { pathOf, type Subject } from './subject.ts';
import { NotYet, waitFor } from './wait.ts';

export const PING = 'smoke.ping';
const PONG = 'smoke.pong';

/**
 * Return the template of the event that the delivery of a ping publishes. It is suppressed, so that nobody receives it. Its
 * id does not survive a gateway as it is, so looking it up checks that the encoded form does.
 */
export const pongTemplate = (suffix: string): string =>
  `{"type": "${PONG}", "id": "{{ event.id }}/${suffix}", "suppress": true, "data": {{ data | tojson }}}`;

export interface Ping {
  readonly type: typeof PING;
  readonly id: string;
  readonly data: { readonly run: string; readonly via: string; readonly text: string };
}

export const ping = ({ run }: Subject, via: string): Ping => ({
  type: PING,
  id: `smoke-${run}-${via}`,
  data: { run, via, text: 'ancre ⚓ "quoted"' },
});

const publishedSchema = z.looseObject({ id: z.string() });

export async function publishByHttps(subject: Subject, event: Ping): Promise<void> {
  const { id } = publishedSchema.parse(await callApi(subject.api, 'POST', pathOf(subject, 'events'), event));
  if (id !== event.id) throw new CheckError(`the event has the id ${event.id}`, `the event has the id ${id}`);
}

/** Send the event with the caller's credentials, as publishers on AWS do. */
export async function publishByQueue({ stack, project, patience }: Subject, event: Ping): Promise<void> {
  const sqs = stack.sqs();
  try {
    const send = new SendMessageCommand({
      QueueUrl: stack.lane('events').queue,
      MessageBody: JSON.stringify({ project, ...event }),
    });
    await sqs.send(send, { abortSignal: patience.signal });
  } finally {
    sqs.destroy();
  }
}

const eventSchema = z.looseObject({ id: z.string(), data: z.unknown() });

/** Wait until an event is in the project's event log. */
export async function eventIsLogged(subject: Subject, id: string): Promise<z.output<typeof eventSchema>> {
  const path = pathOf(subject, `events/${toPathSegment(id)}`);
  const ask = async () => {
    const found = await getOrNull(subject.api, path);
    return found === null ? new NotYet(`the event log has no event ${id}`) : eventSchema.parse(found);
  };
  return waitFor(`the event ${id} is in the event log`, ask, subject.patience);
}

/** Wait for the event that the delivery of a ping publishes. */
export async function pongIsLogged(subject: Subject, { id, data }: Ping, suffix: string): Promise<void> {
  const pong = await eventIsLogged(subject, `${id}/${suffix}`);
  if (!isDeepStrictEqual(pong.data, data))
    throw new CheckError(
      `the event ${id}/${suffix} has the data ${JSON.stringify(data)}`,
      JSON.stringify(pong.data),
    );
}
