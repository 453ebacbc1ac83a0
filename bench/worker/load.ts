import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { JsonText } from '../../core/kernel/json-text.ts';
import { type DeliveryMessage, deliveryMessageText } from '../../core/model/delivery-message.ts';
import type { Event } from '../../core/model/event.ts';
import { inTens } from '../bench.ts';

/** Number of records per invocation, and of events per event batch. */
export const BATCH = 10;

export interface Load {
  readonly project: string;
  readonly subscriptionId: string;
  /** Size of an event's `data` in bytes. */
  readonly bytes: number;
  /** Number of event batches, or of as many unbatched events. */
  readonly batches: number;
}

/**
 * Return SQS events of ten delivery messages each. A message contains the deliveries of one unbatched event, or of an
 * event batch of ten. All deliveries are of different events.
 */
export function queueEvents(load: Load, round: string, eventsPerMessage: 1 | typeof BATCH): SQSEvent[] {
  const bodies = events(load, round).flatMap((batch, index) => {
    const { project, subscriptionId } = load;
    const eventBatch = `lot_${round}_${index}`;
    const first = { project, subscriptionId, number: 1, trigger: 'event' } as const;
    const messages: DeliveryMessage[] =
      eventsPerMessage === 1
        ? batch.map((event) => ({ kind: 'delivery', delivery: { ...first, event } }))
        : [
            {
              kind: 'event-batch',
              ...{ project, subscriptionId, eventBatch },
              events: batch.map((event) => ({ ...event, eventBatch })),
            },
          ];
    return messages.map(deliveryMessageText);
  });
  return inTens(bodies).map((messages) => ({ Records: messages.map(record) }));
}

const record = (body: string, index: number): SQSRecord => ({
  messageId: String(index),
  receiptHandle: String(index),
  body,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: String(Date.now()),
    SenderId: 'bench',
    ApproximateFirstReceiveTimestamp: String(Date.now()),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:deliveries',
  awsRegion: 'eu-west-1',
});

export interface Hook {
  readonly id: string;
  readonly body: string;
}

/** Return the requests of the same deliveries, without signatures. */
export function hooks(load: Load, round: string): Hook[][] {
  return events(load, round).map((batch) =>
    batch.map(({ id, type, time, data }) => ({
      id,
      body: `{"type":${JSON.stringify(type)},"timestamp":${JSON.stringify(time)},"data":${data}}`,
    })),
  );
}

function events({ project, bytes, batches }: Load, round: string): Event[][] {
  const now = Date.now();
  const at = new Date(now).toISOString();
  const data = payload(bytes);
  return Array.from({ length: batches }, (_, batch) =>
    Array.from({ length: BATCH }, (_, index) => ({
      project,
      id: `${round}-${batch}-${index}`,
      type: 'invoice.status.updated',
      time: at,
      acceptedAt: at,
      expiresAt: now + 86_400_000,
      data,
    })),
  );
}

/** Return a JSON object of about the given size that looks like an invoice. */
function payload(bytes: number): JsonText {
  const lines: string[] = [];
  let length = '{"lines":[]}'.length;
  for (let n = 0; ; n++) {
    const line = JSON.stringify({ item: `SKU-${n}`, amount: n * 17.5, note: `line ${n} of an invoice` });
    if (length + line.length + 1 > bytes && n > 0) break;
    lines.push(line);
    length += line.length + 1;
  }
  return `{"lines":[${lines.join()}]}` as JsonText;
}
