import { describe, expect, it } from 'vitest';
import { PUBLIC_DESTINATIONS } from '../../../../core/contract.ts';
import { changeSubscription, changeSubscriptionFrom } from '../../../../core/manage/change-subscription.ts';
import { createSubscription } from '../../../../core/manage/create-subscription.ts';
import { inMemoryPipeline } from '../../../support/pipeline.ts';
import { projectRecord } from '../../../support/records.ts';

const policy = PUBLIC_DESTINATIONS;

describe('a subscription that a dialect made without a content type', () => {
  async function open() {
    const pipeline = inMemoryPipeline();
    await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
    const settings = { url: 'https://example.com/', events: ['a'], format: 'template', template: '{}' };
    const { id } = await createSubscription(pipeline, 'erp', settings, { contentType: 'none' });
    return { ports: { ...pipeline, policy }, id };
  }

  it('has one once its format is another', async () => {
    const { ports, id } = await open();
    expect((await changeSubscription(ports, 'erp', id, { format: 'standard' })).contentType).toBe('format');
  });

  it('has none as long as its format stays', async () => {
    const { ports, id } = await open();
    expect((await changeSubscription(ports, 'erp', id, { name: 'b', format: 'template' })).contentType).toBe(
      'none',
    );
  });

  it('has none when the dialect gives it another format', async () => {
    const { ports, id } = await open();
    const fields = [{ key: 'k', fieldname: 'f' }];
    const changed = await changeSubscriptionFrom(ports, 'erp', id, () => ({
      settings: { format: 'fields', fields },
    }));
    expect(changed.contentType).toBe('none');
  });
});
