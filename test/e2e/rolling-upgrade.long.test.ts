import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KEY } from '../../core/adapters/dynamodb/keys.ts';
import { projectStore } from '../../core/adapters/dynamodb/project-store.ts';
import { isSealed, SUBSCRIPTION_SECRETS } from '../../core/adapters/dynamodb/sealed-values.ts';
import { getItem } from '../../core/adapters/dynamodb/table.ts';
import { useCli } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { to } from '../support/receiver.ts';
import type { Version } from '../support/releases/instance.ts';
import { type Subscribed, useUpgradeScene } from '../support/upgrade-scene.ts';

const BOTH_VERSIONS = ['0.1.0', 'format 1'] as const;
const BOTH_FORMATS = ['format 1', 'format 2'] as const;

/** The functions that a canary shifts, each at its own pace. */
const SHIFTING = ['publish', 'fan-out', 'deliver'] as const;

/** Return every choice of one of two versions for each of the shifting functions. */
const pairingsOf = ([old, now]: readonly [Version, Version]) =>
  Array.from({ length: 2 ** SHIFTING.length }, (_, bits) => {
    const [publish, fanOut, deliver] = SHIFTING.map((_, n) => (bits & (2 ** n) ? now : old));
    return { publish, fanOut, deliver } as Record<'publish' | 'fanOut' | 'deliver', Version>;
  });

/**
 * From version 0.1.0 to this one with either format, and back. Projects, subscriptions and events stay from test to test, as in a
 * deployment: each test publishes to all subscriptions that those before it have created.
 */
describe('a rolling upgrade', () => {
  const scene = useUpgradeScene('0.1.0');
  const { versions, stack, call, receiver } = scene;
  const cli = useCli('admin');
  /** The ids of events that only format 2 can write. */
  let specials: string[] = [];

  const large = {
    id: 'large',
    type: 'special.large',
    data: { text: randomBytes(450_000).toString('base64') },
  };

  /** Deliver events to a receiver that refuses each of them at first, with these versions of the functions that a canary shifts. */
  async function deliverWith(
    rest: Version,
    { publish, fanOut, deliver }: ReturnType<typeof pairingsOf>[number],
    type: string,
  ): Promise<void> {
    const chosen = { publish: [publish], 'fan-out': [fanOut], deliver: [deliver] };
    await versions.run([rest], chosen);
    if (scene.subscribersOf({ type }).length === 0) await scene.subscribe(`/${type}/refused-first`, { type });
    // Ids with a dot have another `webhook-id`.
    const name = [type, publish, fanOut, deliver].join('-').replaceAll(/[ .]/g, '');
    await scene.deliverAll(name, { type, count: 2 });
    for (const [fn, its] of Object.entries(chosen)) expect(versions.invoked(fn), fn).toEqual(its);
  }

  /** Return which secrets of a subscription are encrypted in the table. */
  async function sealedOf({ project, id }: Subscribed): Promise<string[]> {
    const item = await getItem(stack().table, KEY.subscription(project, id));
    return Object.keys(SUBSCRIPTION_SECRETS).filter((name) => isSealed(item?.[name]));
  }

  describe('version 0.1.0 beside this one with format 1', () => {
    it('retries with this version what 0.1.0 has sent first', async () => {
      await scene.createProject('erp');
      await scene.subscribeAll('old');
      scene.refuseAll(true);
      const ids = await scene.publish('alone');
      await receiver.waitFor(ids.length, to('/old/refused-first'));
      expect(versions.invoked('deliver')).toEqual(['0.1.0']);
      await versions.run(['format 1']);
      scene.refuseAll(false);
      await scene.untilAccepted(ids, scene.subscribersOf({}));
    });

    it('delivers with this version what 0.1.0 publishes and fans out', async () => {
      await versions.run(['0.1.0'], { deliver: ['format 1'], pump: ['format 1'] });
      await scene.deliverAll('by-old');
    });

    it('delivers with 0.1.0 what this version publishes and fans out, also to its subscriptions', async () => {
      await versions.run(['format 1'], { deliver: ['0.1.0'] });
      await scene.subscribeAll('new');
      await scene.deliverAll('by-new');
    });

    it('delivers with either what either of them leaves it', async () => {
      await versions.run(BOTH_VERSIONS);
      await scene.subscribeAll('either');
      await scene.deliverAll('by-either', { count: 8 });
      for (const name of ['publish', 'fan-out', 'deliver', 'subscriptions'])
        expect(versions.invoked(name), name).toEqual(BOTH_VERSIONS);
    });

    it('neither shows nor sends with 0.1.0 what this version has erased', async () => {
      await versions.run(['format 1']);
      const erased = await scene.subscribe('/erased', { type: 'erased' });
      await call('POST', 'erp', 'events', { id: 'erased', type: 'erased.created', data: { who: 'Ada' } });
      await receiver.waitFor(1, to('/erased'));
      await call('DELETE', 'erp', 'events/erased/data');
      await versions.run(['0.1.0']);
      expect(await call('GET', 'erp', 'events/erased')).toMatchObject({ suppress: true, data: {} });
      await expect(call('POST', 'erp', 'events/erased/replay', {})).rejects.toThrow(/409.*suppressed/);
      // As if the replay had been requested before the erasure.
      const replayed = { project: 'erp', eventId: 'erased', subscriptionId: erased.id, id: 'rpl_1' };
      const requestedAt = new Date().toISOString();
      await stack().send(JSON.stringify({ replayed: { ...replayed, requestedAt } }), {}, 'retries');
      await stack().settled();
      expect(versions.invoked('deliver')).toEqual(['0.1.0']);
      expect(receiver.requests.filter(to('/erased'))).toHaveLength(1);
    });

    it.each(pairingsOf(BOTH_VERSIONS))(
      'delivers what publish of $publish accepts, fan-out of $fanOut fans out and deliver of $deliver sends',
      (pairing) => deliverWith('format 1', pairing, 'shifted'),
    );

    it.each(BOTH_VERSIONS)('has everything in the log, read with %s', async (version) => {
      await versions.run([version]);
      await scene.expectLogged();
    });
  });

  describe('format 1 beside format 2', () => {
    it('delivers large events, events with a source and arrays to encrypted subscriptions', async () => {
      const creating = ['projects', 'subscriptions', 'publish', 'deliver', 'pump'];
      await versions.run(
        BOTH_FORMATS,
        Object.fromEntries(creating.map((name) => [name, ['format 2'] as const])),
      );
      await scene.createProject('crm');
      expect((await projectStore(stack().table).get('crm'))?.generation).toMatch(/^gen_/);
      await scene.subscribeAll('crm', { project: 'crm' });
      await scene.subscribe('/retried', { type: 'late', retry: [2, 10, 10, 10] });
      await scene.subscribe('/once', { type: 'late', retry: 'none' });
      const special = await scene.subscribe('/special', { type: 'special', log: 'full' });
      for (const each of [special, ...scene.subscribersOf({ project: 'crm' })])
        expect(await sealedOf(each)).toEqual(['url', 'headers', 'secrets']);

      await call('POST', 'erp', 'events', large);
      const ofSource = { type: 'special.source', id: 'e-1', source: '/erp', data: {} };
      const { id } = await call('POST', 'erp', 'events', ofSource);
      expect(id).toMatch(/^evt_/);
      const array = ['array-0', 'array-1'].map((each) => ({ id: each, type: 'special.array', data: {} }));
      await stack().send(JSON.stringify(array.map((event) => ({ project: 'erp', ...event }))));
      specials = ['large', id, 'array-0', 'array-1'];
      await scene.untilAccepted(specials, [special]);
      expect(versions.invoked('fan-out')).toEqual(BOTH_FORMATS);
    });

    it('delivers with either what either of them leaves it', async () => {
      await versions.run(BOTH_FORMATS);
      await scene.subscribeAll('formats');
      await scene.deliverAll('formats', { count: 8 });
      await scene.deliverAll('formats', { project: 'crm' });
      for (const name of ['publish', 'fan-out', 'deliver', 'pump', 'subscriptions'])
        expect(versions.invoked(name), name).toEqual(BOTH_FORMATS);
    });
  });

  describe('a canary from format 1 to format 2', () => {
    it.each(pairingsOf(BOTH_FORMATS))(
      'delivers what publish of $publish accepts, fan-out of $fanOut fans out and deliver of $deliver sends',
      (pairing) => deliverWith('format 2', pairing, 'reformatted'),
    );
  });

  describe('a rollback', () => {
    it('to format 1 delivers and shows what format 2 has written, and replays it', async () => {
      await versions.run(['format 1']);
      await scene.deliverAll('format-1');
      await scene.deliverAll('format-1', { project: 'crm' });
      await scene.expectLogged();

      const [special] = scene.subscribersOf({ type: 'special' });
      if (special === undefined) throw new Error('unreachable');
      expect((await call('GET', 'erp', 'events/large')).data).toEqual(large.data);
      const { data } = await call('GET', 'erp', 'events/large/attempts');
      const attempt = await call('GET', 'erp', `events/large/attempts/${data[0].id}`);
      expect(attempt.request.truncated).toMatch(/^the first 16384 of 600\d\d\d bytes are kept$/);
      for (const id of specials)
        await call('POST', 'erp', `events/${id}/replay`, { subscriptionId: special.id });
      await scene.untilAccepted(specials, [special], 2);
    });

    it('to 0.1.0 sends nothing to encrypted subscriptions, and what it owes them is not lost', async () => {
      await versions.run(['0.1.0']);
      const ids = await scene.publish('late', { type: 'late', count: 2 });
      const exhausted = await eventually('deliveries without retries have failed', async () => {
        const { data } = await call('GET', 'erp', 'events?type=ancrage.delivery.exhausted');
        expect(data).toHaveLength(ids.length);
        return data;
      });
      await stack().settled();
      const late = scene.subscribersOf({ type: 'late' });
      expect(receiver.requests.filter((request) => late.some(({ path }) => to(path)(request)))).toEqual([]);

      await versions.run(['format 1']);
      const [retried, once] = late;
      if (retried === undefined || once === undefined) throw new Error('unreachable');
      await scene.untilAccepted(ids, [retried]);
      for (const { id } of exhausted) {
        const { eventId, subscriptionId } = (await call('GET', 'erp', `events/${id}`)).data;
        expect(subscriptionId).toBe(once.id);
        await call('POST', 'erp', `events/${eventId}/replay`, { subscriptionId });
      }
      await scene.untilAccepted(ids, [once]);
    });

    it('to 0.1.0 works once the secrets are decrypted', async () => {
      const { outputs } = stack();
      const file = {
        EventsQueueArn: `arn:aws:sqs:${outputs.region}:123456789012:events`,
        ApiUrl: outputs.apiUrl,
        TableName: outputs.tableName,
        EncryptionKeyArn: outputs.encryptionKeyArn,
        WriteFormat: '1',
      };
      writeFileSync(join(cli.home, 'cdk-outputs.json'), JSON.stringify({ 'Ancrage-local': file }));
      const rotated = await cli.run(['secrets', 'rotate'], {
        AWS_ACCESS_KEY_ID: outputs.accessKeyId,
        AWS_SECRET_ACCESS_KEY: outputs.secretAccessKey,
        AWS_ENDPOINT_URL_DYNAMODB: outputs.awsEndpointUrlDynamodb,
        AWS_ENDPOINT_URL_KMS: outputs.awsEndpointUrlKms,
      });
      expect(rotated, rotated.stderr).toMatchObject({ exitCode: 0 });
      const crm = scene.subscribersOf({ project: 'crm' });
      for (const each of [...crm, ...scene.subscribersOf({})]) expect(await sealedOf(each)).toEqual([]);

      await stack().idle('internal', 'pumps');
      await versions.run(['0.1.0']);
      await scene.deliverAll('back');
      await scene.deliverAll('back', { project: 'crm' });
      await scene.deliverAll('back-late', { type: 'late', count: 2 });
      await scene.expectLogged();
    });
  });
});
