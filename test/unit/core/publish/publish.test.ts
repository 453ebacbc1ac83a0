import { beforeEach, describe, expect, it } from 'vitest';
import { NotFoundError, TooLargeError, UnavailableError } from '../../../../core/kernel/errors.ts';
import { parseJson } from '../../../../core/kernel/json-text.ts';
import { MAX_EVENT_BYTES } from '../../../../core/model/event.ts';
import { readPublishedEvent } from '../../../../core/model/published-event.ts';
import { publish } from '../../../../core/publish/publish.ts';
import { inMemoryPipeline, type Pipeline, refuseAll, takeAll } from '../../../support/pipeline.ts';
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
      { projects: pipeline.projects, eventsQueue: pipeline.eventsQueue.queue, clock: () => NOW },
      project,
      texts.map((text) => readPublishedEvent(parseJson(text).text)),
    );

  /** Return an event of the largest size that the route accepts. */
  const atTheLimit = (start: string, end: string, fill = 'x') =>
    start +
    fill.repeat(Math.floor((MAX_EVENT_BYTES - start.length - end.length) / Buffer.byteLength(fill))) +
    end;

  it.each([
    ['of the largest size', atTheLimit('{"type":"a","data":{"x":"', '"}}')],
    [
      'with changes to compute',
      `{"type":"a","data":{"x":"${'x'.repeat(110_000)}"},"previous":{"x":"${'y'.repeat(110_000)}"}}`,
    ],
    ['with an offset at the end of time', '{"type":"a","data":{},"time":"9999-12-31T23:59:59+23:59"}'],
    ['with characters that SQS rejects', `{"type":"a","data":{"x":"${'\\uffff'.repeat(40_000)}\uffff"}}`],
  ])('sends only events that fan-out accepts too: an event %s', async (_name, text) => {
    await publishTo('erp', text);
    expect(await pipeline.fanOut()(takeAll(pipeline.eventsQueue))).toEqual([]);
    expect(pipeline.deadLetterQueue.sent).toEqual([]);
    expect(pipeline.deliveriesQueue.sent).toHaveLength(1);
  });

  it('rejects an event that its changes make too large', async () => {
    const fields = (value: number) => Array.from({ length: 11_000 }, (_, n) => `"f${n}":${value}`).join(',');
    const publishing = publishTo('erp', `{"type":"a","data":{${fields(1)}},"previous":{${fields(2)}}}`);
    await expect(publishing).rejects.toThrow(TooLargeError);
    expect(pipeline.eventsQueue.sent).toEqual([]);
  });

  it('rejects an event that SQS did not accept, or whose project does not exist', async () => {
    await expect(publishTo('nowhere', '{"type":"a","data":{}}')).rejects.toThrow(NotFoundError);
    refuseAll(pipeline.eventsQueue);
    await expect(publishTo('erp', '{"type":"a","data":{}}')).rejects.toThrow(UnavailableError);
  });
});
