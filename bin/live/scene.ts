import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { apiOf, callApi } from '../admin/api.ts';
import type { Deployment } from '../admin/deployment.ts';
import { AdminError } from '../admin/errors.ts';
import { delivered } from '../smoke/attempts.ts';
import { eventIsLogged, type Ping, ping, publishByHttps } from '../smoke/events.ts';
import { pathOf, type Subject, throwawayProject } from '../smoke/subject.ts';
import { type Subscribed, subscribe } from '../smoke/subscriptions.ts';

/** How long a request or a delivery may take. */
const TIMEOUT_MS = 120_000;

/** Create a project for a part of a run. It goes with the stage. */
export async function newSubject(stack: Deployment, signal: AbortSignal): Promise<Subject> {
  const run = randomBytes(5).toString('hex');
  const { project, create } = throwawayProject(stack, run);
  const api = { ...apiOf(stack, await create()), signal };
  return { stack, project, api, run, patience: { timeoutMs: TIMEOUT_MS, signal } };
}

/** What was written before an upgrade. */
export interface Written {
  readonly subject: Subject;
  readonly subscription: Subscribed;
  readonly eventId: string;
}

/** Create a project and a subscription, and deliver an event. */
export async function write(stack: Deployment, signal: AbortSignal): Promise<Written> {
  const subject = await newSubject(stack, signal);
  const subscription = await subscribe(subject, 'smoke.ping', 'before');
  const event = ping(subject, 'before');
  await publishAndDeliver(subject, event, subscription);
  return { subject, subscription, eventId: event.id };
}

const secretSchema = z.looseObject({ secret: z.string() });

/**
 * Check that what was written before an upgrade is there: the key works, the event has its data and its attempt, the subscription its
 * secret, and it still gets events.
 *
 * @throws AdminError or CheckError
 */
export async function stillThere(
  stack: Deployment,
  { subject, subscription, eventId }: Written,
): Promise<void> {
  const now: Subject = { ...subject, stack, api: { ...subject.api, ...apiOf(stack, subject.api.key) } };
  await eventIsLogged(now, eventId);
  await delivered(now, eventId, subscription);
  const path = pathOf(now, `subscriptions/${subscription.id}/secret`);
  const { secret } = secretSchema.parse(await callApi(now.api, 'GET', path));
  if (secret !== subscription.secret) throw new AdminError('The subscription has another secret.');
  const after = ping(now, 'after');
  await publishAndDeliver(now, after, subscription);
}

async function publishAndDeliver(subject: Subject, event: Ping, subscription: Subscribed): Promise<void> {
  await publishByHttps(subject, event);
  await eventIsLogged(subject, event.id);
  await delivered(subject, event.id, subscription);
}
