import * as z from 'zod';
import { callApi } from '../admin/api.ts';
import { CheckError } from './check.ts';
import { PING, pongTemplate } from './events.ts';
import { getOrNull, pathOf, type Subject } from './subject.ts';

const subscribedSchema = z.looseObject({ id: z.string(), secret: z.string() });
export type Subscribed = z.output<typeof subscribedSchema>;

/**
 * Subscribes the stack to itself: what is delivered publishes an event, whose id ends with the suffix. So no other
 * receiver is needed, wherever the stack is.
 *
 * @param pattern what it is bound by
 */
export async function subscribe(subject: Subject, pattern: string, suffix: string): Promise<Subscribed> {
  const { api, run } = subject;
  const settings = {
    name: `Smoke test ${run}: may be deleted`,
    url: api.url + pathOf(subject, 'events'),
    events: [pattern],
    // Others may be at it in the same project.
    condition: `event.type == "${PING}" and data.run == "${run}"`,
    headers: { authorization: `Bearer ${api.key}` },
    format: 'template',
    template: pongTemplate(suffix),
    // A function that is just being started may refuse once.
    retry: [2, 5],
  };
  return subscribedSchema.parse(await callApi(api, 'POST', pathOf(subject, 'subscriptions'), settings));
}

/** @throws CheckError if it is still there */
export async function unsubscribe(subject: Subject, id: string): Promise<void> {
  const path = pathOf(subject, `subscriptions/${id}`);
  await callApi(subject.api, 'DELETE', path);
  if ((await getOrNull(subject, path)) !== null)
    throw new CheckError(`GET ${path} answers 404`, 'it answers the subscription that was deleted');
}
