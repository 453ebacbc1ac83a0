import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import { toPathSegment } from '../../client/path-segment.ts';
import { callApi } from '../admin/api.ts';
import { CheckError } from './check.ts';
import { pathOf, type Subject } from './subject.ts';
import type { Subscribed } from './subscriptions.ts';
import { NotYet, waitFor } from './wait.ts';

const attemptSchema = z.looseObject({
  subscriptionId: z.string(),
  number: z.number(),
  outcome: z.enum(['success', 'failure']),
  error: z.string().nullable(),
  detail: z.string().optional(),
  nextAttemptAt: z.string().nullable(),
  request: z.looseObject({ headers: z.record(z.string(), z.string()), body: z.string() }),
  response: z.looseObject({ status: z.number(), body: z.string() }).nullable(),
});
export type Attempt = z.output<typeof attemptSchema>;

const pageSchema = z.looseObject({ data: z.array(attemptSchema) });

/** Return the attempts of an event in the request log, newest first. */
export async function attemptsOf(subject: Subject, eventId: string): Promise<Attempt[]> {
  const path = pathOf(subject, `events/${toPathSegment(eventId)}/attempts`);
  return pageSchema.parse(await callApi(subject.api, 'GET', path)).data;
}

/** Wait for the attempt that delivers an event. @throws CheckError at once if the last attempt has failed */
export async function delivered(subject: Subject, eventId: string, { id }: Subscribed): Promise<Attempt> {
  const expected = `the request log shows a 2xx attempt for ${eventId}`;
  return waitFor(
    expected,
    async () => {
      const [last] = (await attemptsOf(subject, eventId)).filter(
        ({ subscriptionId }) => subscriptionId === id,
      );
      if (last === undefined) return new NotYet('the request log shows no attempt');
      if (last.outcome === 'success') return last;
      if (last.nextAttemptAt === null) throw new CheckError(expected, describe(last));
      return new NotYet(describe(last));
    },
    subject.patience,
  );
}

/** Return `attempt 3 failed (status): …` and the response body. */
function describe({ number, error, detail = '', response }: Attempt): string {
  const body = response === null ? '' : `\n${response.body}`;
  return `attempt ${number} failed (${error}): ${detail}${body}`;
}

/**
 * Verify a request from the log with the subscription's secret, as a receiver would: with the library of Standard
 * Webhooks, which also rejects a timestamp that is more than five minutes off.
 *
 * @throws CheckError
 */
export function verifySigned({ request }: Attempt, { secret }: Subscribed, eventId: string): void {
  const id = request.headers['webhook-id'];
  if (id !== eventId) throw new CheckError(`the header webhook-id is ${eventId}`, `the header is ${id}`);
  try {
    new Webhook(secret).verify(request.body, request.headers);
  } catch (error) {
    throw new CheckError(
      `webhook-signature and webhook-timestamp verify with the subscription's secret`,
      `${error instanceof Error ? error.message : error}: ${JSON.stringify(request)}`,
    );
  }
}

/** @throws CheckError if the request log shows the key in the authorization header of the subscription */
export function keyIsMasked(attempt: Attempt, key: string): void {
  if (JSON.stringify(attempt).includes(key))
    throw new CheckError('the request log masks the authorization header', 'the request log shows the key');
}
