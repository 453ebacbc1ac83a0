import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
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

/** The attempts of an event that the request log has, the newest first. */
export async function attemptsOf(subject: Subject, eventId: string): Promise<Attempt[]> {
  const path = pathOf(subject, `events/${encodeURIComponent(eventId)}/attempts`);
  return pageSchema.parse(await callApi(subject.api, 'GET', path)).data;
}

/** Waits for the attempt that delivered an event. @throws CheckError at once if its last attempt has failed */
export async function delivered(subject: Subject, eventId: string, { id }: Subscribed): Promise<Attempt> {
  const expected = `${eventId} is delivered, and the attempt is in the request log with 2xx`;
  return waitFor(
    expected,
    async () => {
      const [last] = (await attemptsOf(subject, eventId)).filter(
        ({ subscriptionId }) => subscriptionId === id,
      );
      if (last === undefined) return new NotYet('no attempt is in the request log');
      if (last.outcome === 'success') return last;
      if (last.nextAttemptAt === null) throw new CheckError(expected, told(last));
      return new NotYet(told(last));
    },
    subject.patience,
  );
}

/** `attempt 3 failed (status): answered 401`, and what the answer said. */
function told({ number, error, detail = '', response }: Attempt): string {
  const answer = response === null ? '' : `\n${response.body}`;
  return `attempt ${number} failed (${error}): ${detail}${answer}`;
}

/**
 * Holds a request, as the log has it, against the subscription's secret, as its receiver would: with the library of
 * Standard Webhooks, which also refuses a timestamp that is more than five minutes off.
 *
 * @throws CheckError
 */
export function verifySigned({ request }: Attempt, { secret }: Subscribed, eventId: string): void {
  const id = request.headers['webhook-id'];
  if (id !== eventId) throw new CheckError(`the header webhook-id is ${eventId}`, `it is ${id}`);
  try {
    new Webhook(secret).verify(request.body, request.headers);
  } catch (error) {
    throw new CheckError(
      `webhook-signature and webhook-timestamp verify with the subscription's secret`,
      `${error instanceof Error ? error.message : error}: ${JSON.stringify(request)}`,
    );
  }
}

/** @throws CheckError if the request log shows the key that the subscription sends along */
export function keyIsMasked(attempt: Attempt, key: string): void {
  if (JSON.stringify(attempt).includes(key))
    throw new CheckError('the request log masks the authorization header', 'it shows the key');
}
