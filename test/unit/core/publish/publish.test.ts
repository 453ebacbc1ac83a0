import { beforeEach, describe, expect, it } from 'vitest';
import { claimChecked } from '../../../../core/claim-check/claim-check.ts';
import { NotFoundError, TooLargeError, UnavailableError } from '../../../../core/kernel/errors.ts';
import { parseJson } from '../../../../core/kernel/json-text.ts';
import { MAX_EVENT_BYTES } from '../../../../core/model/event.ts';
import { orderOf } from '../../../../core/model/event-order.ts';
import { readPublishedEvent } from '../../../../core/model/published-event.ts';
import { publish } from '../../../../core/publish/publish.ts';
import { silentLog } from '../../../support/in-memory/log.ts';
import { inMemoryPipeline, type Pipeline, received, refuseAll, takeAll } from '../../../support/pipeline.ts';
import { NOW, projectRecord, subscriptionRecord } from '../../../support/records.ts';

describe('publishing over HTTPS', () => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = inMemoryPipeline();
    await pipeline.projects.create(projectRecord({ id: 'erp' }), []);
    await pipeline.subscriptions.create(subscriptionRecord({ events: ['*'] }));
  });
  const publishTo = (project: string, ...texts: string[]) =>
    publish(
      {
        ...pipeline.publishPorts,
        internalQueue: claimChecked(pipeline.internalQueue.queue, pipeline.bodies, silentLog),
      },
      project,
      texts.map((text) => readPublishedEvent(parseJson(text).text)),
    );

  /** Return an event of the largest size that the route accepts. */
  const atTheLimit = (start: string, end: string, fill = 'x') =>
    start +
    fill.repeat(
      Math.floor((MAX_EVENT_BYTES[2].published - start.length - end.length) / Buffer.byteLength(fill)),
    ) +
    end;

  it.each([
    ['of the largest size', atTheLimit('{"type":"a","data":{"x":"', '"}}')],
    [
      'with changes to compute',
      `{"type":"a","data":{"x":"${'x'.repeat(500_000)}"},"previous":{"x":"${'y'.repeat(500_000)}"}}`,
    ],
    ['with an offset at the end of time', '{"type":"a","data":{},"time":"9999-12-31T23:59:59+23:59"}'],
    ['with characters that SQS rejects', `{"type":"a","data":{"x":"${'\\uffff'.repeat(160_000)}\uffff"}}`],
  ])('sends only events that fan-out accepts too: an event %s', async (_name, text) => {
    await publishTo('erp', text);
    expect(await pipeline.fanOut()(takeAll(pipeline.internalQueue))).toEqual([]);
    expect(pipeline.deadLetterQueue.sent).toEqual([]);
    expect(pipeline.deliveriesQueue.sent).toHaveLength(1);
  });

  it('rejects an event that its changes make too large', async () => {
    const fields = (value: number) => Array.from({ length: 70_000 }, (_, n) => `"f${n}":${value}`).join(',');
    const publishing = publishTo('erp', `{"type":"a","data":{${fields(1)}},"previous":{${fields(2)}}}`);
    await expect(publishing).rejects.toThrow(TooLargeError);
    expect(pipeline.internalQueue.sent).toEqual([]);
  });

  it('rejects an event that SQS did not accept, or whose project does not exist', async () => {
    await expect(publishTo('nowhere', '{"type":"a","data":{}}')).rejects.toThrow(NotFoundError);
    refuseAll(pipeline.internalQueue);
    await expect(publishTo('erp', '{"type":"a","data":{}}')).rejects.toThrow(UnavailableError);
  });

  it('has the events of a call stored in their order, and keeps their ordering keys', async () => {
    const texts = Array.from(
      { length: 12 },
      (_, n) => `{"type":"a","id":"e${n}","data":{},"orderingKey":"k"}`,
    );
    await publishTo('erp', ...texts);
    // SQS takes them in several batches, whose times may be in any order.
    const messages = takeAll(pipeline.internalQueue).map((message, n) => ({
      ...message,
      sentAt: NOW + 900 - n,
    }));
    await pipeline.fanOut()(messages);
    const events = await Promise.all(texts.map((_, n) => pipeline.events.get('erp', `e${n}`)));
    expect(events.map((event) => event?.orderingKey)).toEqual(Array(12).fill('k'));
    expect(events.map((event) => event && orderOf(event))).toEqual(texts.map((_, n) => NOW * 1000 + n));
  });

  it('orders an event by the time when SQS accepted it if its message claims none that makes sense', async () => {
    const claims = [undefined, 'soon', '-000000000000001', String((NOW - 61_000) * 1000), `${NOW * 1000}0`];
    for (const [n, claim] of claims.entries()) {
      const body = `{"type":"a","id":"e${n}","data":{},"project":"erp"}`;
      const attributes = claim === undefined ? {} : { 'ancrage-order': claim };
      await pipeline.fanOut()([{ ...received({ body, attributes }), sentAt: NOW + n }]);
      const event = await pipeline.events.get('erp', `e${n}`);
      expect(event).not.toHaveProperty('order');
      expect(event && orderOf(event)).toBe((NOW + n) * 1000);
    }
  });
});
