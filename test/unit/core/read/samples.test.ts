import { describe, expect, it } from 'vitest';
import type { JsonText } from '../../../../core/kernel/json-text.ts';
import { listSamples } from '../../../../core/read/samples.ts';
import { inMemoryPipeline } from '../../../support/pipeline.ts';
import { eventRecord, NOW, projectRecord } from '../../../support/records.ts';

describe('listing samples', () => {
  const text = (n: number) => `{"n":${n}.0}` as JsonText;
  async function open() {
    const pipeline = inMemoryPipeline();
    const registered = {
      type: 'NewDeal',
      description: null,
      schema: null,
      samples: [text(0)],
      archived: false,
    };
    await pipeline.projects.create(projectRecord({ id: 'erp' }), [registered]);
    const publish = (type: string, n: number) =>
      pipeline.events.putOnce(
        eventRecord({ type, data: text(n), acceptedAt: new Date(NOW + n).toISOString() }),
        `m${n}`,
      );
    return { publish, of: (type: string) => listSamples(pipeline, 'erp', type) };
  }

  it('returns the registered samples of a type that was never published', async () => {
    const { of } = await open();
    expect(await of('NewDeal')).toEqual([text(0)]);
  });

  it('returns the exact data of the latest three events, newest first, however many others were published', async () => {
    const { publish, of } = await open();
    for (const n of [1, 2, 3, 4]) await publish('NewDeal', n);
    for (let n = 5; n < 100; n++) await publish('other', n);
    expect(await of('NewDeal')).toEqual([text(4), text(3), text(2)]);
  });

  it('returns null for a type that is neither registered nor published', async () => {
    const { of } = await open();
    expect(await of('NewNothing')).toBeNull();
  });
});
