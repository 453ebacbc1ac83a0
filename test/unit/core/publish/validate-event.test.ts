import { beforeEach, describe, expect, it } from 'vitest';
import { ValidationError } from '../../../../core/kernel/errors.ts';
import type { JsonText } from '../../../../core/kernel/json-text.ts';
import { EventValidator } from '../../../../core/publish/validate-event.ts';
import { inMemoryTenants } from '../../../support/in-memory/projects-and-keys.ts';
import { inMemoryPipeline, type Pipeline, received, refuseAll, takeAll } from '../../../support/pipeline.ts';
import { eventTypeRecord, NOW, projectRecord, subscriptionRecord } from '../../../support/records.ts';

const NUMBER = '{"properties":{"total":{"type":"number"}}}' as JsonText;
const good = { type: 'invoice.created', data: '{"total":1.10}' as JsonText };
const bad = { type: 'invoice.created', data: '{"total":"1.10"}' as JsonText };

describe('validating an event', () => {
  function open() {
    const time = { now: NOW };
    const { eventTypes } = inMemoryTenants(() => time.now);
    const reads: string[] = [];
    const validator = new EventValidator({
      eventTypes: {
        get(project, type) {
          reads.push(type);
          return eventTypes.get(project, type);
        },
        schemaVersions(project) {
          reads.push('*');
          return eventTypes.schemaVersions(project);
        },
      },
      clock: () => time.now,
    });
    const register = (schema: JsonText | null) => eventTypes.put('erp', eventTypeRecord({ schema }));
    return { time, reads, register, of: (event: typeof good) => validator.validate('erp', event) };
  }

  it('throws every fault of data that does not fit the schema of its type', async () => {
    const { register, of } = open();
    await register(NUMBER);
    await of(good);
    await of({ ...bad, type: 'other' });
    await expect(of(bad)).rejects.toThrow(ValidationError);
    await expect(of(bad)).rejects.toMatchObject({
      faults: [{ path: 'data.total', message: 'is not of the type number' }],
    });
  });

  it('costs one read per minute and project, and one per schema', async () => {
    const { time, reads, register, of } = open();
    await register(NUMBER);
    for (let n = 0; n < 10; n++) {
      await of(good);
      await of({ ...bad, type: `other.${n}` });
    }
    expect(reads).toEqual(['*', 'invoice.created']);
    time.now += 60_000;
    await of(good);
    expect(reads).toEqual(['*', 'invoice.created', '*']);
  });

  it('uses a new schema within a minute, and none once it is removed', async () => {
    const { time, register, of } = open();
    await of(bad);
    await register(NUMBER);
    time.now += 60_000;
    await expect(of(bad)).rejects.toThrow(ValidationError);
    await register('{"properties":{"total":{"type":"string"}}}' as JsonText);
    time.now += 60_000;
    await of(bad);
    await expect(of(good)).rejects.toThrow(ValidationError);
    await register(null);
    time.now += 60_000;
    await of(good);
  });
});

describe('an event from the queue', () => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = inMemoryPipeline();
    await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
    await pipeline.eventTypes.put('erp', eventTypeRecord({ schema: NUMBER }));
    await pipeline.subscriptions.create(subscriptionRecord({ events: ['*'] }));
  });
  const message = (data: JsonText, attributes = {}) =>
    received({
      body: `{"project":"erp","id":"e1","type":"invoice.created","data":${data}}`,
      attributes,
    });

  it('is dead-lettered with the reason and not stored if it does not fit its schema', async () => {
    expect(await pipeline.fanOut()([message(bad.data)])).toEqual([]);
    const reasons = pipeline.deadLetterQueue.sent.map(({ attributes }) => attributes?.reason);
    expect(reasons).toEqual(['data.total is not of the type number']);
    expect(await pipeline.events.get('erp', 'e1')).toBeNull();
    expect(pipeline.deliveriesQueue.sent).toEqual([]);
  });

  it('is not validated again if the route has validated it', async () => {
    expect(await pipeline.fanOut()([message(bad.data, { 'ancrage-checked': 'true' })])).toEqual([]);
    expect(pipeline.deliveriesQueue.sent).toHaveLength(1);
  });

  it('is delivered to the remaining subscriptions if it was stored before its schema was registered', async () => {
    await pipeline.eventTypes.delete('erp', 'invoice.created');
    const one = message(bad.data);
    const send = pipeline.deliveriesQueue.queue.send;
    refuseAll(pipeline.deliveriesQueue);
    expect(await pipeline.fanOut()([one])).toEqual([one.id]);
    pipeline.deliveriesQueue.queue.send = send;
    await pipeline.eventTypes.put('erp', eventTypeRecord({ schema: NUMBER }));
    expect(await pipeline.fanOut()([{ ...one, receiveCount: 2 }])).toEqual([]);
    expect(takeAll(pipeline.deliveriesQueue)).toHaveLength(1);
  });
});
