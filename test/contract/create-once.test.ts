import { beforeEach, expect, it } from 'vitest';
import { creationStore } from '../../core/adapters/dynamodb/creation-store.ts';
import { keyStore } from '../../core/adapters/dynamodb/key-store.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { subscriptionStore } from '../../core/adapters/dynamodb/subscription-store.ts';
import type { DataTable } from '../../core/adapters/dynamodb/table.ts';
import { type Creation, createOnce } from '../../core/idempotency/create-once.ts';
import type { Clock } from '../../core/kernel/clock.ts';
import { ConflictError, NotFoundError, UnavailableError, ValidationError } from '../../core/kernel/errors.ts';
import { createProject } from '../../core/manage/create-project.ts';
import { createSubscription } from '../../core/manage/create-subscription.ts';
import { createKey } from '../../core/manage/keys.ts';
import { hashBearer } from '../../core/model/api-key.ts';
import type { CreationSeed } from '../../core/model/creation-seed.ts';
import type { CreationRecord } from '../../core/ports/creation-store.ts';
import { lastingAuthorities } from '../support/in-memory/authorities.ts';
import { inMemoryCreations } from '../support/in-memory/creations.ts';
import { inMemoryDataKeys } from '../support/in-memory/data-keys.ts';
import { silentLog } from '../support/in-memory/log.ts';
import { inMemoryKeys, inMemoryTenants } from '../support/in-memory/projects-and-keys.ts';
import { inMemorySubscriptions } from '../support/in-memory/subscriptions.ts';
import { onBoth, testTime } from '../support/on-both.ts';
import { readAll } from '../support/pages.ts';
import { NOW, projectRecord, unique } from '../support/records.ts';

const clock = () => testTime.now;
const LEASE_MS = 15_000;
const DAY_MS = 86_400_000;

beforeEach(() => {
  testTime.now = NOW;
});

onBoth('creation records', { inMemory: inMemoryCreations, dynamodb: creationStore }, (open) => {
  const record = (given: Partial<CreationRecord> = {}): CreationRecord => ({
    id: unique('creation'),
    fingerprint: 'f',
    isDone: false,
    sealed: Uint8Array.from(Buffer.from(unique('sealed'))),
    lease: NOW + 1000,
    expiresAt: NOW + 60_000,
    ...given,
  });

  it('are claimed once and returned to later claimers', async () => {
    const first = record();
    expect(await open().claim(first)).toBeNull();
    expect(await open().claim(record({ id: first.id, fingerprint: 'g' }))).toEqual(first);
  });

  it('are replaced and removed only by the holder of their lease', async () => {
    const first = record();
    await open().claim(first);
    const done = { ...first, isDone: true, lease: NOW + 2000 };
    expect(await open().replace(NOW + 999, done)).toBe(false);
    expect(await open().replace(first.lease, done)).toBe(true);
    expect(await open().claim(record({ id: first.id }))).toEqual(done);
    await open().remove(first.id, first.lease);
    expect(await open().claim(record({ id: first.id }))).toEqual(done);
    await open().remove(first.id, done.lease);
    expect(await open().replace(done.lease, done)).toBe(false);
    expect(await open().claim(record({ id: first.id }))).toBeNull();
  });

  it('are not found after they expire, even if the table still has them', async () => {
    const first = record();
    await open().claim(first);
    testTime.now = first.expiresAt;
    const second = record({ id: first.id, expiresAt: first.expiresAt + 60_000 });
    expect(await open().claim(second)).toBeNull();
    expect(await open().claim(first)).toEqual(second);
  });
});

const adapters = {
  inMemory: (clock: Clock) => {
    return {
      ...inMemoryTenants(clock),
      subscriptions: inMemorySubscriptions().subscriptions,
      keys: inMemoryKeys(),
      creations: inMemoryCreations(clock),
    };
  },
  dynamodb: (table: DataTable) => ({
    projects: projectStore(table),
    subscriptions: subscriptionStore(table),
    keys: keyStore(table),
    creations: creationStore(table),
  }),
};

class Crash extends Error {}

onBoth('a creation with an Idempotency-Key', adapters, (open) => {
  const ports = () => ({
    ...open(),
    stackKey: 'stack',
    dataKeys: inMemoryDataKeys(),
    maxSubscriptionsPerProject: 10,
    authorities: lastingAuthorities,
    writeFormat: 2 as const,
    clock,
    log: silentLog,
  });
  const once = <Answer extends object>(creation: Creation, create: (seed: CreationSeed) => Promise<Answer>) =>
    createOnce(ports(), creation, create);
  const newProject = async () => {
    const project = projectRecord();
    await open().projects.create(project, []);
    return project.id;
  };
  const asked = (given: object = {}, key: string | undefined = unique('key'), scope = ['route', 'erp']) => ({
    scope,
    creator: 'key_1',
    idempotencyKey: key,
    given,
  });

  it('runs once and repeats its response for a day', async () => {
    const request = asked({ name: 'A' });
    let made = 0;
    const create = async ({ ulid }: CreationSeed) => ({ status: 201, body: { ulid, made: ++made } });
    const first = await once(request, create);
    testTime.now = NOW + DAY_MS - 1000;
    expect(await once(request, create)).toEqual({ answer: first.answer, isRepeated: true });
    expect(made).toBe(1);
    testTime.now = NOW + DAY_MS;
    expect(await once(request, create)).toMatchObject({ answer: { body: { made: 2 } }, isRepeated: false });
  });

  it.each([
    ['the data key', null, 1],
    ["the stack's key", 1, null],
    ['another data key', 1, 2],
  ])(
    'repeats its response, or refuses another body, after the stage began to seal with %s',
    async (_, before, after) => {
      const request = asked({ name: 'A' });
      const create = async ({ ulid }: CreationSeed) => ({ ulid });
      const withKey = (current: number | null) => ({ ...ports(), dataKeys: inMemoryDataKeys(current) });
      const { answer } = await createOnce(withKey(before), request, create);
      expect(await createOnce(withKey(after), request, create)).toEqual({ answer, isRepeated: true });
      const another = { ...request, given: { name: 'another body' } };
      await expect(createOnce(withKey(after), another, create)).rejects.toThrow(ValidationError);
    },
  );

  it('cannot be opened with the Idempotency-Key and the id of the stack alone', async () => {
    const request = asked({ name: 'A' });
    const sealing = { ...ports(), dataKeys: inMemoryDataKeys(1) };
    await createOnce(sealing, request, async () => ({ secret: 's' }));
    const thief = {
      ...ports(),
      dataKeys: { ...inMemoryDataKeys(), get: async () => ({ number: 1, key: Buffer.alloc(32) }) },
    };
    await expect(createOnce(thief, request, async () => ({ secret: 't' }))).rejects.toThrow(ValidationError);
  });

  it('repeats its response, and goes on after a crash, for the same API key only', async () => {
    const create = async ({ ulid }: CreationSeed) => ({ ulid });
    const [done, begun] = [asked({ name: 'A' }), asked({ name: 'B' })];
    const { answer } = await once(done, create);
    await beginAndDie(begun);
    testTime.now = NOW + LEASE_MS;
    for (const given of [done.given, { name: 'another body' }])
      for (const request of [done, begun])
        await expect(once({ ...request, creator: 'key_2', given }, create)).rejects.toThrow(
          'This Idempotency-Key was used with another API key.',
        );
    expect(await once(done, create)).toEqual({ answer, isRepeated: true });
    expect(await once(begun, create)).toMatchObject({ isRepeated: false });
  });

  it('repeats the response that 0.1 stored, which knew no creator', async () => {
    const request = asked();
    const { creations } = open();
    const ofEarlier = {
      ...ports(),
      creations: {
        ...creations,
        claim: ({ creator: _, ...record }: CreationRecord) => creations.claim(record),
      },
    };
    const { answer } = await createOnce(ofEarlier, request, async () => ({ made: 1 }));
    expect(await once(request, async () => ({ made: 2 }))).toEqual({ answer, isRepeated: true });
  });

  it('is separate for another key, route or project, and without a key', async () => {
    let made = 0;
    const create = async () => ({ made: ++made });
    const key = unique('key');
    for (const request of [
      asked({}, key),
      asked({}, `${key}x`),
      asked({}, key, ['other route', 'erp']),
      asked({}, key, ['route', 'crm']),
      { ...asked(), idempotencyKey: undefined },
      { ...asked(), idempotencyKey: undefined },
    ])
      await once(request, create);
    expect(made).toBe(6);
  });

  it('is rejected with another body or an invalid key', async () => {
    const request = asked({ name: 'A' });
    const create = async () => ({ made: true });
    await once(request, create);
    await expect(once({ ...request, given: { name: 'B' } }, create)).rejects.toThrow(ValidationError);
    for (const idempotencyKey of ['', 'x'.repeat(256), 'é'])
      await expect(once({ ...request, idempotencyKey }, create)).rejects.toMatchObject({
        status: 422,
        faults: [{ path: 'Idempotency-Key' }],
      });
  });

  it('is a conflict while the first one runs, and its repetition afterwards', async () => {
    const request = asked();
    const first = Promise.withResolvers<{ made: number }>();
    const begun = Promise.withResolvers<void>();
    const running = once(request, () => {
      begun.resolve();
      return first.promise;
    });
    const again = () => once(request, async () => ({ made: 2 }));
    await begun.promise;
    await expect(again()).rejects.toThrow(ConflictError);
    first.resolve({ made: 1 });
    await running;
    expect(await again()).toEqual({ answer: { made: 1 }, isRepeated: true });
  });

  it('can be corrected under the same key after it was rejected', async () => {
    const request = asked();
    const refuse = () => Promise.reject(new NotFoundError('no'));
    await expect(once(request, refuse)).rejects.toThrow(NotFoundError);
    const right = { ...request, given: { name: 'right' } };
    expect(await once(right, async () => ({ made: 1 }))).toEqual({
      answer: { made: 1 },
      isRepeated: false,
    });
  });

  it('can be retried at once from the same seed after it failed', async () => {
    const request = asked();
    const seeds: CreationSeed[] = [];
    for (const error of [new Crash(), new UnavailableError('later')]) {
      const fail = async (seed: CreationSeed) => {
        seeds.push(seed);
        throw error;
      };
      await expect(once(request, fail)).rejects.toThrow(error);
    }
    await once(request, async (seed) => ({ made: seeds.push(seed) }));
    const [first, ...later] = seeds;
    expect(later).toHaveLength(2);
    for (const seed of later) {
      expect(seed).toMatchObject({ at: first?.at, ulid: first?.ulid, resumed: true });
      expect(Buffer.from(seed.entropy)).toEqual(Buffer.from(first?.entropy ?? []));
    }
  });

  /** Start a creation that dies before it has stored anything. */
  const beginAndDie = (request: ReturnType<typeof asked>): Promise<void> =>
    new Promise((begun) => {
      void once(request, () => {
        begun();
        return new Promise<object>(() => {});
      });
    });

  /** Run a creation that dies after it has stored its resource. Return its lost response and the response of a retry. */
  async function afterDying<Answer extends object>(
    create: (seed: CreationSeed) => Promise<Answer>,
  ): Promise<{ lost: Answer; answer: Answer }> {
    const request = asked();
    const died = Promise.withResolvers<Answer>();
    void once(request, async (seed) => {
      died.resolve(await create(seed));
      return new Promise<Answer>(() => {});
    });
    const lost = await died.promise;
    await expect(once(request, create)).rejects.toThrow(ConflictError);
    testTime.now = NOW + LEASE_MS;
    const { answer } = await once(request, create);
    expect(await once(request, create)).toEqual({ answer, isRepeated: true });
    return { lost, answer };
  }

  it('creates no second subscription after it died halfway, and returns its secret', async () => {
    const project = await newProject();
    const { subscriptions } = open();
    const given = { url: 'https://example.com/', events: ['a'] };
    const { lost, answer } = await afterDying((seed) =>
      createSubscription(ports(), project, given, {}, seed),
    );
    expect(answer).toEqual(lost);
    expect(await readAll((page) => subscriptions.list(project, page), 10)).toEqual([lost]);
  });

  it('creates no second key after it died halfway, and returns its secret', async () => {
    const project = await newProject();
    const { lost, answer } = await afterDying((seed) => createKey(ports(), project, 'k', ['read'], seed));
    expect(answer).toEqual(lost);
    expect(await readAll((page) => open().keys.list(project, page), 10)).toEqual([lost.key]);
    expect(await open().keys.findByHash(hashBearer(answer.secret), NOW)).toEqual(lost.key);
  });

  it('returns its own project after it died halfway, but not another one with the same id', async () => {
    const { createdAt: _, ...given } = projectRecord();
    const create = (seed: CreationSeed) =>
      createProject({ ...ports(), catalogue: [], retentionDays: 30 }, given, seed);
    const { lost, answer } = await afterDying(create);
    expect(answer).toEqual(lost);
    testTime.now += 1000;
    await expect(once(asked(), create)).rejects.toThrow(ConflictError);
  });

  it('runs later if it died before it stored anything', async () => {
    const project = await newProject();
    const request = asked();
    await beginAndDie(request);
    testTime.now = NOW + LEASE_MS;
    const { answer } = await once(request, (seed) => createKey(ports(), project, 'k', ['read'], seed));
    expect(await readAll((page) => open().keys.list(project, page), 10)).toEqual([answer.key]);
  });

  it('is resumed by only one of many concurrent retries', async () => {
    const request = asked();
    await beginAndDie(request);
    testTime.now = NOW + LEASE_MS;
    let made = 0;
    const tries = Array.from({ length: 10 }, () => once(request, async () => ({ made: ++made })));
    const settled = await Promise.allSettled(tries);
    expect(made).toBe(1);
    for (const outcome of settled)
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(ConflictError);
      else expect(outcome.value.answer).toEqual({ made: 1 });
  });

  it('responds even if its record cannot be written', async () => {
    const { creations } = open();
    const broken = { ...creations, replace: () => Promise.reject(new Error('throttled')) };
    const request = asked();
    expect(await createOnce({ ...ports(), creations: broken }, request, async () => ({ made: 1 }))).toEqual({
      answer: { made: 1 },
      isRepeated: false,
    });
    testTime.now = NOW + LEASE_MS;
    expect(await once(request, async ({ resumed }) => ({ resumed }))).toMatchObject({
      answer: { resumed: true },
    });
  });
});
