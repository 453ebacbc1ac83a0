import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { type Api, callApi } from '../admin/api.ts';
import { attemptsOf, delivered, keyIsMasked, verifySigned } from './attempts.ts';
import { CheckError, type RunCheck } from './check.ts';
import { bearerIsPassedOn, consoleIsServed, notFoundIsNotCached } from './console.ts';
import {
  eventIsLogged,
  PING,
  type Ping,
  ping,
  pongIsLogged,
  publishByHttps,
  publishByQueue,
} from './events.ts';
import { namesAreFound } from './names.ts';
import type { Subject } from './subject.ts';
import { type Subscribed, subscribe, unsubscribe } from './subscriptions.ts';
import { type Patience, waitFor } from './wait.ts';

const PONG = 'pong';
const WITNESS = 'witness';

const documentSchema = z.looseObject({ info: z.looseObject({ title: z.string(), version: z.string() }) });

/** Wait until the API responds, because DNS may take a while for a new stack. Return the API's version. */
export async function apiResponds(api: Api, patience: Patience): Promise<string> {
  const path = '/openapi.json';
  const expected = `GET ${api.url}${path} returns the OpenAPI document of Ancrage`;
  const content = await waitFor(expected, () => callApi(api, 'GET', path), patience);
  const document = documentSchema.safeParse(content);
  if (!document.success) throw new CheckError(expected, JSON.stringify(content).slice(0, 200));
  return document.data.info.version;
}

const keySchema = z.looseObject({ project: z.string(), scopes: z.array(z.string()) });

/** Return the key's project. @throws CheckError if the key lacks a scope that the checks need */
export async function keyWorks(api: Api): Promise<string> {
  const { project, scopes } = keySchema.parse(await callApi(api, 'GET', '/v1/key'));
  const isEnough = scopes.includes('admin') || (scopes.includes('manage') && scopes.includes('publish'));
  if (!isEnough)
    throw new CheckError('the key has the scopes manage and publish', `the key has ${scopes.join(', ')}`);
  return project;
}

/**
 * Subscribe, publish, verify, unsubscribe and publish again. Call `created` with each new subscription.
 *
 * @throws FailedError at the first check that fails
 */
export async function runChain(
  subject: Subject,
  check: RunCheck,
  { viaQueue, created }: { viaQueue: boolean; created: (subscription: Subscribed) => void },
): Promise<void> {
  const keep = (subscription: Subscribed) => {
    created(subscription);
    return subscription;
  };
  const subscription = await check({
    name: 'subscribe',
    title: 'created a subscription of the stack to itself',
    detail: ({ id }) => id,
    functions: ['subscriptions'],
    run: async () => keep(await subscribe(subject, PING, PONG)),
  });

  const byHttps = ping(subject, 'https');
  const pings = [byHttps];
  await check({
    name: 'publish',
    title: 'published an event over HTTPS',
    functions: ['publish'],
    run: () => publishByHttps(subject, byHttps),
  });
  if (viaQueue) {
    const byQueue = ping(subject, 'queue');
    pings.push(byQueue);
    await check({
      name: 'queue',
      title: 'sent an event to the events queue',
      functions: [],
      run: () => publishByQueue(subject, byQueue),
    });
  }
  // One after another, so that a failed check leaves no others waiting.
  const each = async <Result>(run: (event: Ping) => Promise<Result>): Promise<Result[]> => {
    const results: Result[] = [];
    for (const event of pings) results.push(await run(event));
    return results;
  };
  await check({
    name: 'fan-out',
    title: 'the published events are in the event log',
    functions: ['fan-out'],
    run: () => each(({ id }) => eventIsLogged(subject, id)),
  });
  const attempts = await check({
    name: 'deliver',
    title: 'the events are delivered, and the request log shows the attempts',
    detail: (found) => found.map(({ response }) => response?.status).join(', '),
    functions: ['deliver', 'fan-out'],
    run: () => each(({ id }) => delivered(subject, id, subscription)),
  });
  await check({
    name: 'signature',
    title: 'the signatures verify with the secret of the subscription, and the request log masks the key',
    functions: ['deliver'],
    run: async () => {
      for (const [index, attempt] of attempts.entries()) {
        verifySigned(attempt, subscription, pings[index]?.id ?? '');
        keyIsMasked(attempt, subject.api.key);
      }
    },
  });
  await check({
    name: 'receive',
    title: 'the deliveries published events with the same data',
    functions: ['publish', 'fan-out'],
    run: () => each((event) => pongIsLogged(subject, event, PONG)),
  });

  // The witness has a wildcard binding, which fan-out looks up last: once the witness has an event, all subscriptions
  // to its exact type have been matched.
  const witness = await check({
    name: 'unsubscribe',
    title: 'deleted the subscription, and created another one as a witness',
    detail: ({ id }) => id,
    functions: ['subscriptions'],
    run: async () => {
      const other = keep(await subscribe(subject, PING.replace(/\w+$/, '*'), WITNESS));
      await unsubscribe(subject, subscription.id);
      return other;
    },
  });
  await check({
    name: 'silence',
    title: 'the deleted subscription gets no event that is published now',
    functions: ['fan-out', 'deliver'],
    run: () => deletedGetsNoEvent(subject, subscription, witness),
  });
}

/**
 * Check the console and the API behind its host, unless the outputs have none, and that names of every kind survive the way to the API.
 *
 * @throws FailedError at the first check that fails
 */
export async function runEdge(subject: Subject, check: RunCheck): Promise<void> {
  const { stack, api, patience } = subject;
  const base = stack.consoleUrl?.replace(/\/$/, '');
  if (base !== undefined) {
    await check({
      name: 'console',
      title: 'the page of the console and an asset of it are served',
      detail: (asset) => base + asset,
      functions: ['console-deployment'],
      run: () => consoleIsServed(base, patience),
    });
    await check({
      name: 'bearer',
      title: "the console's host passes the key on to the API",
      functions: ['authorize', 'projects'],
      run: () => bearerIsPassedOn(subject, base),
    });
    await check({
      name: 'not-found',
      title: "the console's host returns what was a 404 before it was created",
      functions: ['event-types'],
      run: () => notFoundIsNotCached(subject, base),
    });
  }
  await check({
    name: 'names',
    title: 'events are found by ids of every kind',
    detail: (count) => `${count}`,
    functions: ['event-log', 'fan-out'],
    run: () => namesAreFound(subject, [api.url, ...(base === undefined ? [] : [base])]),
  });
}

/** Others of the project may subscribe to everything, and get the event. */
async function deletedGetsNoEvent(subject: Subject, deleted: Subscribed, witness: Subscribed): Promise<void> {
  const event = ping(subject, 'after');
  await publishByHttps(subject, event);
  await eventIsLogged(subject, event.id);
  await delivered(subject, event.id, witness);
  await pongIsLogged(subject, event, WITNESS);
  const until = performance.now() + LATE_MS;
  // Its pump may come later than that of the witness.
  for (;;) {
    const attempts = await attemptsOf(subject, event.id);
    if (attempts.some(({ subscriptionId }) => subscriptionId === deleted.id))
      throw new CheckError('the deleted subscription has no attempts', `attempts for ${deleted.id}`);
    if (performance.now() >= until) return;
    await sleep(LOOK_EVERY_MS, undefined, { signal: subject.patience.signal });
  }
}

/** How long after the witness's delivery another one must not come. */
const LATE_MS = 3000;
const LOOK_EVERY_MS = 250;
