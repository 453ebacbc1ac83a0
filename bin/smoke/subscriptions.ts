import * as z from 'zod';
import { callApi, getOrNull } from '../admin/api.ts';
import { CheckError } from './check.ts';
import { PING, pongTemplate } from './events.ts';
import { pathOf, type Subject } from './subject.ts';

const subscribedSchema = z.looseObject({ id: z.string(), secret: z.string() });
export type Subscribed = z.output<typeof subscribedSchema>;

/**
 * Subscribe the stack to itself: each delivery publishes an event whose id ends with the suffix. The check therefore
 * needs no receiver of its own, wherever the stack is.
 *
 * @param pattern event pattern of the subscription
 */
export async function subscribe(subject: Subject, pattern: string, suffix: string): Promise<Subscribed> {
  const { api, run } = subject;
  const settings = {
    name: `Smoke test ${run} (safe to delete)`,
    url: api.url + pathOf(subject, 'events'),
    events: [pattern],
    // Other runs may use the same project at the same time.
    condition: `event.type == "${PING}" and data.run == "${run}"`,
    headers: { authorization: `Bearer ${api.key}` },
    format: 'template',
    template: pongTemplate(suffix),
    // The first request to a function that has not started yet may fail.
    retry: [2, 5],
  };
  return subscribedSchema.parse(await callApi(api, 'POST', pathOf(subject, 'subscriptions'), settings));
}

/** Delete a subscription. @throws CheckError if the API still returns it */
export async function unsubscribe(subject: Subject, id: string): Promise<void> {
  const path = pathOf(subject, `subscriptions/${id}`);
  await callApi(subject.api, 'DELETE', path);
  if ((await getOrNull(subject.api, path)) !== null)
    throw new CheckError(`GET ${path} responds with 404`, 'the deleted subscription is returned');
}
