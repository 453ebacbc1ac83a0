import * as z from 'zod';
import { type Api, callApi } from '../admin/api.ts';
import { attemptsOf, delivered, keyIsMasked, verifySigned } from './attempts.ts';
import { CheckError, type MakeCheck } from './check.ts';
import {
  eventIsThere,
  PING,
  type Ping,
  ping,
  pongIsThere,
  publishByHttps,
  publishByQueue,
} from './events.ts';
import type { Subject } from './subject.ts';
import { type Subscribed, subscribe, unsubscribe } from './subscriptions.ts';
import { type Patience, waitFor } from './wait.ts';

const PONG = 'pong';
const WITNESS = 'witness';

const documentSchema = z.looseObject({ info: z.looseObject({ title: z.string(), version: z.string() }) });

/** Of a new stack it may take a while until its name is known. Answers its version. */
export async function apiAnswers(api: Api, patience: Patience): Promise<string> {
  const path = '/openapi.json';
  const expected = `GET ${api.url}${path} answers the document of Ancrage`;
  const answer = await waitFor(expected, () => callApi(api, 'GET', path), patience);
  const document = documentSchema.safeParse(answer);
  if (!document.success) throw new CheckError(expected, JSON.stringify(answer).slice(0, 200));
  return document.data.info.version;
}

const keySchema = z.looseObject({ project: z.string(), scopes: z.array(z.string()) });

/** Answers the key's project. @throws CheckError if the key may not do what the checks do */
export async function keyWorks(api: Api): Promise<string> {
  const { project, scopes } = keySchema.parse(await callApi(api, 'GET', '/v1/key'));
  const isEnough = scopes.includes('admin') || (scopes.includes('manage') && scopes.includes('publish'));
  if (!isEnough)
    throw new CheckError('the key has the scopes manage and publish', `it has ${scopes.join(', ')}`);
  return project;
}

/**
 * Subscribe, publish, verify, unsubscribe, and publish again. Subscriptions are handed to `made` as they are made.
 *
 * @throws FailedError at the first check that fails
 */
export async function runChain(
  subject: Subject,
  check: MakeCheck,
  { viaQueue, made }: { viaQueue: boolean; made: (subscription: Subscribed) => void },
): Promise<void> {
  const keep = (subscription: Subscribed) => {
    made(subscription);
    return subscription;
  };
  const subscription = await check({
    name: 'subscribe',
    title: 'the stack is subscribed to itself',
    tell: ({ id }) => id,
    functions: ['subscriptions'],
    run: async () => keep(await subscribe(subject, PING, PONG)),
  });

  const byHttps = ping(subject, 'https');
  const pings = [byHttps];
  await check({
    name: 'publish',
    title: 'an event is taken over HTTPS',
    functions: ['publish'],
    run: () => publishByHttps(subject, byHttps),
  });
  if (viaQueue) {
    const byQueue = ping(subject, 'queue');
    pings.push(byQueue);
    await check({
      name: 'queue',
      title: 'an event is taken by the events queue',
      functions: [],
      run: () => publishByQueue(subject, byQueue),
    });
  }
  // One after the other: a check that has failed leaves nothing behind that still waits.
  const each = async <Result>(run: (event: Ping) => Promise<Result>): Promise<Result[]> => {
    const results: Result[] = [];
    for (const event of pings) results.push(await run(event));
    return results;
  };
  await check({
    name: 'fan-out',
    title: 'what was published is in the event log',
    functions: ['fan-out'],
    run: () => each(({ id }) => eventIsThere(subject, id)),
  });
  const attempts = await check({
    name: 'deliver',
    title: 'it is delivered, and its attempts are in the request log',
    tell: (found) => found.map(({ response }) => response?.status).join(', '),
    functions: ['deliver', 'fan-out'],
    run: () => each(({ id }) => delivered(subject, id, subscription)),
  });
  await check({
    name: 'signature',
    title: 'the requests verify with the secret of the subscription, and the log masks the key',
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
    title: 'what the deliveries published in turn is there, with the same data',
    functions: ['publish', 'fan-out'],
    run: () => each((event) => pongIsThere(subject, event, PONG)),
  });

  // Bound by a wildcard, which fan-out looks up last: once the witness has an event, whoever is bound by its very
  // type would have been sent it.
  const witness = await check({
    name: 'unsubscribe',
    title: 'the subscription is deleted; another one, a witness, has its place',
    tell: ({ id }) => id,
    functions: ['subscriptions'],
    run: async () => {
      const other = keep(await subscribe(subject, PING.replace(/\w+$/, '*'), WITNESS));
      await unsubscribe(subject, subscription.id);
      return other;
    },
  });
  await check({
    name: 'silence',
    title: 'what is published now comes to the witness alone',
    functions: ['fan-out', 'deliver'],
    run: () => witnessAlone(subject, witness),
  });
}

async function witnessAlone(subject: Subject, witness: Subscribed): Promise<void> {
  const event = ping(subject, 'after');
  await publishByHttps(subject, event);
  await eventIsThere(subject, event.id);
  await delivered(subject, event.id, witness);
  await pongIsThere(subject, event, WITNESS);
  const others = (await attemptsOf(subject, event.id)).filter(
    ({ subscriptionId }) => subscriptionId !== witness.id,
  );
  if (others.length > 0)
    throw new CheckError(
      'no attempt of the deleted subscription',
      `attempts for ${others.map(({ subscriptionId }) => subscriptionId).join(', ')}`,
    );
}
