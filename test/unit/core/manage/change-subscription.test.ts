import { describe, expect, it } from 'vitest';
import { pumpQueue } from '../../../../core/adapters/sqs/pump-queue.ts';
import { PUBLIC_DESTINATIONS } from '../../../../core/contract.ts';
import { changeSubscription, changeSubscriptionFrom } from '../../../../core/manage/change-subscription.ts';
import { createSubscription } from '../../../../core/manage/create-subscription.ts';
import { rotateSecret } from '../../../../core/manage/rotate-secret.ts';
import { inMemoryPipeline } from '../../../support/pipeline.ts';
import { NOW, projectRecord } from '../../../support/records.ts';

const policy = PUBLIC_DESTINATIONS;

describe('changing a subscription that a dialect created without a content type', () => {
  async function open() {
    const pipeline = inMemoryPipeline();
    await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
    const settings = { url: 'https://example.com/', events: ['a'], format: 'template', template: '{}' };
    const { id } = await createSubscription(pipeline, 'erp', settings, { contentType: 'none' });
    return { ports: { ...pipeline, pumpsQueue: pumpQueue(pipeline.pumpsQueue.queue), policy }, id };
  }

  it('adds the content type of a new format', async () => {
    const { ports, id } = await open();
    expect((await changeSubscription(ports, 'erp', id, { format: 'standard' })).contentType).toBe('format');
  });

  it('leaves out the content type while the format stays the same', async () => {
    const { ports, id } = await open();
    expect((await changeSubscription(ports, 'erp', id, { name: 'b', format: 'template' })).contentType).toBe(
      'none',
    );
  });

  it('leaves out the content type when the dialect itself changes the format', async () => {
    const { ports, id } = await open();
    const fields = [{ key: 'k', fieldname: 'f' }];
    const changed = await changeSubscriptionFrom(ports, 'erp', id, () => ({
      settings: { format: 'fields', fields },
    }));
    expect(changed.contentType).toBe('none');
  });
});

describe('the secrets of a subscription', () => {
  const STANDARD = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

  async function open() {
    const time = { now: NOW };
    const pipeline = inMemoryPipeline();
    await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
    const ports = {
      ...pipeline,
      clock: () => time.now,
      pumpsQueue: pumpQueue(pipeline.pumpsQueue.queue),
      policy,
    };
    const settings = {
      url: 'https://example.com/',
      events: ['a'],
      signature: 'frappe',
      secret: 'text',
    } as const;
    const { id } = await createSubscription(ports, 'erp', { ...settings, events: ['a'] });
    return { ports, id, time };
  }

  it('must all suit a new signature for as long as they sign', async () => {
    const { ports, id, time } = await open();
    await rotateSecret(ports, 'erp', id, 60, STANDARD);
    const change = () => changeSubscription(ports, 'erp', id, { signature: 'standard' });
    await expect(change()).rejects.toThrow(/^secret overlaps with a replaced one that is not "whsec_"/);
    time.now += 60_000;
    expect((await change()).signature).toBe('standard');
  });

  it('suit the signature even if it changes while one is rotated', async () => {
    const { ports, id } = await open();
    await rotateSecret(ports, 'erp', id, 0, STANDARD);
    await changeSubscription(ports, 'erp', id, { signature: 'standard' });
    await expect(rotateSecret(ports, 'erp', id, 0, 'text')).rejects.toThrow(/^secret is not "whsec_"/);
  });
});
