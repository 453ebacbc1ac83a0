import { describe, expect, it } from 'vitest';
import { pumpQueue } from '../../../../core/adapters/sqs/pump-queue.ts';
import { PUBLIC_DESTINATIONS } from '../../../../core/contract.ts';
import { changeSubscription, changeSubscriptionFrom } from '../../../../core/manage/change-subscription.ts';
import { createSubscription } from '../../../../core/manage/create-subscription.ts';
import { inMemoryPipeline } from '../../../support/pipeline.ts';
import { projectRecord } from '../../../support/records.ts';

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
