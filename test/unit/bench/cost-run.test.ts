import { describe, expect, it } from 'vitest';
import { apiRequests, billedMs, sqsRequests, tableUnits } from '../../../bench/cost/billing.ts';
import { writesDigests } from '../../../bench/cost/digests.ts';
import type { Usage } from '../../../bench/cost/metered-stack.ts';
import { QueueRequests } from '../../../bench/cost/queue-requests.ts';
import { billed, countsOf, digestWrites, durationsOf } from '../../../bench/cost/units.ts';
import { waitsOf } from '../../../bench/cost/waits.ts';
import { LAMBDA_LOG_BYTES } from '../../../bin/cost/counts.ts';

const KB = 1024;

describe('the billing rules of AWS', () => {
  it.each([
    [0, 1, 1],
    [64 * KB, 1, 1],
    [64 * KB + 1, 2, 1],
    [1024 * KB, 16, 2],
  ])('count %i bytes as %i SQS requests and %i HTTP API requests', (bytes, sqs, api) => {
    expect([sqsRequests(bytes), apiRequests(bytes)]).toEqual([sqs, api]);
  });

  it.each([
    ['CPU time at the share of a processor', { memorySize: 1769 / 4, cpuMs: 10, waitMs: 200 }, 240],
    ['at most one processor', { memorySize: 4 * 1769, cpuMs: 10, waitMs: 0 }, 10],
    ['the next full millisecond', { memorySize: 1769, cpuMs: 0.1, waitMs: 10 }, 11],
    ['at least one millisecond', { memorySize: 1769, cpuMs: 0, waitMs: 0 }, 1],
  ])('bill an invocation with %s', (_, work, ms) => {
    expect(billedMs(work)).toBe(ms);
  });

  it.each([
    ['Query', { ConsumedCapacity: { CapacityUnits: 1.5 } }, { reads: 1.5, writes: 0 }],
    ['TransactGetItems', { ConsumedCapacity: [{ CapacityUnits: 4 }] }, { reads: 4, writes: 0 }],
    [
      'BatchWriteItem',
      { ConsumedCapacity: [{ CapacityUnits: 20 }, { CapacityUnits: 1 }] },
      { reads: 0, writes: 21 },
    ],
    ['PutItem', { __type: 'com.amazonaws#ConditionalCheckFailedException' }, { reads: 0, writes: 1 }],
    ['PutItem', { __type: 'com.amazonaws#ValidationException' }, { reads: 0, writes: 0 }],
  ])('bill a %s with the units in its response: %j', (operation, response, units) => {
    expect(tableUnits(operation, response)).toEqual(units);
  });
});

describe('writes of digests', () => {
  const put = (pk: string) => ({ PutRequest: { Item: { pk: { S: pk } } } });
  const batch = (...partitions: string[]) => ({ RequestItems: { table: partitions.map(put) } });

  it('are requests that write digests of attempts alone', () => {
    expect(writesDigests(batch('SUCCESSES#erp#1', 'FAILURES#erp#0'))).toBe(true);
    expect(writesDigests(batch('SUCCESSES#erp#1', 'EVENT#erp#evt_1'))).toBe(false);
    expect(writesDigests(batch('TRAFFIC#erp#1'))).toBe(false);
    expect(writesDigests({ Key: { pk: { S: 'SUCCESSES#erp#1' } } })).toBe(false);
    expect(writesDigests({ RequestItems: {} })).toBe(false);
  });

  it('are added up', () => {
    const call = { functionName: 'deliver', operation: 'BatchWriteItem', reads: 0 };
    expect(
      digestWrites([
        { ...call, writes: 2, isOfDigests: true },
        { ...call, writes: 5, isOfDigests: false },
      ]),
    ).toBe(2);
  });
});

describe('requests to queues', () => {
  const QueueUrl = 'http://127.0.0.1:1/000000000000/deliveries';
  const read = (requests: QueueRequests, operation: string, body: object, response: object = {}) =>
    requests.read({ operation, body: { QueueUrl, ...body }, response });

  it('are sends, receives and deletions, billed by their size', () => {
    const requests = new QueueRequests();
    const MessageBody = 'é'.repeat(16 * KB);
    const MessageAttributes = { a: { DataType: 'String', StringValue: 'b' } };
    const Entries = [
      { Id: '0', MessageBody },
      { Id: '1', MessageBody },
    ];
    const queue = 'deliveries';
    expect(read(requests, 'SendMessageBatch', { Entries })).toEqual({
      ...{ queue, action: 'sent', requests: 1, isFair: false },
    });
    expect(read(requests, 'SendMessage', { MessageBody: 'é'.repeat(32 * KB), MessageAttributes })).toEqual({
      ...{ queue, action: 'sent', requests: 2, isFair: false },
    });
    const Messages = [{ Body: 'x'.repeat(129 * KB), MessageId: 'm', ReceiptHandle: 'r' }];
    expect(read(requests, 'ReceiveMessage', {}, { Messages })).toEqual({
      ...{ queue, action: 'received', requests: 3, isFair: false },
    });
    expect(read(requests, 'DeleteMessageBatch', { Entries: [{ Id: '0', ReceiptHandle: 'r' }] })).toEqual({
      ...{ queue, action: 'deleted', requests: 1, isFair: false },
    });
  });

  it('do not count if nothing is received or only attributes are read', () => {
    const requests = new QueueRequests();
    expect(read(requests, 'ReceiveMessage', {}, { Messages: [] })).toBeNull();
    expect(read(requests, 'ReceiveMessage', {})).toBeNull();
    expect(read(requests, 'GetQueueAttributes', {})).toBeNull();
  });

  it('recognise messages with a message group when they are received and deleted', () => {
    const requests = new QueueRequests();
    const Entries = [
      { Id: '0', MessageBody: 'a', MessageGroupId: 'g' },
      { Id: '1', MessageBody: 'b' },
    ];
    const Successful = [
      { Id: '0', MessageId: 'with' },
      { Id: '1', MessageId: 'without' },
    ];
    expect(read(requests, 'SendMessageBatch', { Entries }, { Successful })).toMatchObject({ isFair: true });
    const single = { MessageBody: 'c', MessageGroupId: 'g' };
    expect(read(requests, 'SendMessage', single, { MessageId: 'alone' })).toMatchObject({ isFair: true });
    for (const [MessageId, isFair] of [
      ['without', false],
      ['with', true],
      ['alone', true],
    ] as const) {
      const Messages = [{ Body: 'a', MessageId, ReceiptHandle: `receipt-${MessageId}` }];
      expect(read(requests, 'ReceiveMessage', {}, { Messages })).toMatchObject({ isFair });
      const deletion = { Entries: [{ Id: '0', ReceiptHandle: `receipt-${MessageId}` }] };
      expect(read(requests, 'DeleteMessageBatch', deletion)).toMatchObject({ isFair });
    }
  });
});

const eventOf = (records: number) => JSON.stringify({ Records: Array.from({ length: records }, () => ({})) });
const invocation = (functionName: string, given: object = {}) => ({
  ...{ functionName, memorySize: 1769, event: eventOf(10), durationMs: 100, cpuMs: 20 },
  ...given,
});

describe('waits', () => {
  it('are measured as the shortest duration among the invocations with the most records', () => {
    const durations = durationsOf([
      invocation('fan-out', { durationMs: 90 }),
      invocation('fan-out', { durationMs: 70 }),
      invocation('fan-out', { durationMs: 1000 }),
      invocation('fan-out', { durationMs: 1, event: eventOf(9) }),
      invocation('authorize', { durationMs: 5, event: '{}' }),
    ]);
    expect(Object.fromEntries(durations)).toEqual({ 'fan-out': 70, authorize: 5 });
  });

  it('add up the sequential calls and endpoint requests', () => {
    const waits = waitsOf(new Map([['deliver', { calls: 2.5, endpoint: 1 }]]), {
      callMs: 10,
      endpointMs: 200,
    });
    expect(waits.get('deliver')).toBe(225);
  });
});

describe('the units of a run', () => {
  const tls = { bytes: 1000, cpuMs: 2 };
  const usage: Usage = {
    queueRequests: [
      { queue: 'events', action: 'sent', requests: 2, isFair: false },
      { queue: 'deliveries', action: 'sent', requests: 3, isFair: true },
    ],
    tableCalls: [
      { functionName: 'fan-out', operation: 'Query', isOfDigests: false, reads: 0.5, writes: 0 },
      { functionName: 'deliver', operation: 'PutItem', isOfDigests: false, reads: 0, writes: 2 },
    ],
    invocations: [invocation('fan-out'), invocation('deliver'), invocation('deliver')],
    logBytes: { 'fan-out': 400, deliver: 600 },
    received: { requests: 20, connections: 10, bytes: 5000 },
  };
  const waits = new Map([
    ['fan-out', 30],
    ['deliver', 200],
  ]);
  const invocations = billed(usage, waits, tls);

  it('add the CPU time of TLS per connection to the sending function', () => {
    expect(invocations.map(({ functionName, cpuMs, billedMs: ms }) => [functionName, cpuMs, ms])).toEqual([
      ['fan-out', 20, 50],
      // The CPU time of ten connections is spread over two invocations.
      ['deliver', 30, 230],
      ['deliver', 30, 230],
    ]);
  });

  it('sum up the usage of all parts', () => {
    const logged = (1000 + 3 * LAMBDA_LOG_BYTES) / 1e9;
    const { deliveries, counts } = countsOf(usage, invocations, { deliveries: 20, apiRequests: 2, tls });
    expect(deliveries).toBe(20);
    expect(counts).toEqual({
      sqsRequests: 5,
      sqsFairRequests: 3,
      lambdaRequests: 3,
      lambdaGbSeconds: expect.closeTo((1769 / 1024) * (0.05 + 0.23 + 0.23), 10),
      dynamodbWrites: 2,
      dynamodbReads: 0.5,
      httpApiRequests: 2,
      logsIngested: logged,
      logsStored: logged,
      egress: (5000 + 10 * 1000) / 1e9,
    });
  });
});
