import { describe, expect, it } from 'vitest';
import { samplePayload } from '../../../bench/cost/sample-payload.ts';
import { billOf, eventBridgePerMillion } from '../../../bin/cost/bill.ts';
import { countsOf, countsSchema } from '../../../bin/cost/counts.ts';
import { idleLines } from '../../../bin/cost/idle.ts';
import { ITEMS, type Item, PRICES } from '../../../bin/cost/prices.ts';
import { attemptsOf, DEFAULT_SCENARIO, linesOf } from '../../../bin/cost/scenario.ts';
import { billTable } from '../../../bin/cost/show.ts';

describe('a bill', () => {
  const counts = { deliveries: 500_000, counts: { sqsRequests: 2_500_000, dynamodbWrites: 2_000_000 } };

  it('multiplies quantities by list prices and calculates shares and the cost per million deliveries', () => {
    const { lines, total, perMillionDeliveries } = billOf(counts, 'us-east-1');
    expect(total).toBeCloseTo(2.5 * 0.4 + 2 * 0.625, 10);
    expect(perMillionDeliveries).toBeCloseTo(4.5, 10);
    expect(lines.map(({ item, share }) => [item, share.toFixed(3)])).toEqual([
      ['sqsRequests', '0.444'],
      ['dynamodbWrites', '0.556'],
    ]);
    expect(billOf(counts, 'eu-west-1').total).toBeCloseTo(2.5 * 0.4 + 2 * 0.705, 10);
  });

  it('subtracts the free tier, but never more than the quantity', () => {
    const lines = billOf(
      { deliveries: 1, counts: { sqsRequests: 1_500_000, lambdaRequests: 3 } },
      'us-east-1',
      true,
    );
    expect(lines.lines.map(({ cost }) => cost)).toEqual([0.2, 0]);
  });

  it('of no counts has no lines and a total of zero', () => {
    expect(billOf({ deliveries: 0, counts: {} }, 'us-east-1')).toEqual({
      lines: [],
      total: 0,
      perMillionDeliveries: null,
    });
  });

  it('is formatted as a table', () => {
    expect(billTable(billOf(counts, 'us-east-1'), 'us-east-1').split('\n')).toEqual([
      'ITEM                    QUANTITY   UNIT PRICE               COST   SHARE',
      'SQS requests, by 64 KB  2,500,000  $0.4 / million requests  $1.00  44.4 %',
      'DynamoDB write units    2,000,000  $0.625 / million WRUs    $1.25  55.6 %',
      'total                                                       $2.25',
    ]);
  });
});

describe('counts', () => {
  it('are summed by item', () => {
    const line = (quantity: number) => ({ item: 'egress', quantity, why: '' }) as const;
    expect(countsOf([line(1), line(2)], 7)).toEqual({ deliveries: 7, counts: { egress: 3 } });
  });

  it('in a file may only name items with a price, and no negative quantities', () => {
    expect(countsSchema.safeParse({ deliveries: 1, counts: { egress: 1 }, note: 'a run' }).success).toBe(
      true,
    );
    expect(countsSchema.safeParse({ deliveries: 1, counts: { egres: 1 } }).success).toBe(false);
    expect(countsSchema.safeParse({ deliveries: 1, counts: { egress: -1 } }).success).toBe(false);
  });
});

describe('the prices', () => {
  it.each(ITEMS)('of %s cover both regions, with Ireland no cheaper, and name the AWS page', (item) => {
    const { usd, per, source } = PRICES[item];
    expect(usd['us-east-1']).toBeGreaterThan(0);
    expect(usd['eu-west-1']).toBeGreaterThanOrEqual(usd['us-east-1']);
    expect([1, 1_000_000]).toContain(per);
    expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
  });
});

describe('a month without traffic', () => {
  const { counts } = countsOf(idleLines({ monitoring: true }), 0);

  it('counts an empty receive every 20 seconds by five pollers for each of five queues', () => {
    expect(counts.sqsRequests).toBe(5 * 5 * 131_400);
    expect(counts.lambdaRequests).toBe(43_800);
  });

  it('costs $1.39 without monitoring, nearly all of it for the receives', () => {
    const { lines } = billOf({ deliveries: 0, counts }, 'us-east-1');
    const monitoring = new Set(['customMetrics', 'alarms', 'dashboards']);
    const used = lines.filter(({ item }) => !monitoring.has(item));
    expect(used.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(1.39, 2);
  });
});

describe('EventBridge with API destinations', () => {
  it('costs $1.38 per million deliveries of 2 KB to one subscriber', () => {
    expect(eventBridgePerMillion({ subscribers: 1, bytesOut: 2000 }, 'us-east-1')).toBeCloseTo(1.38, 10);
  });

  it('bills an event once for all its subscribers, by 64 KB', () => {
    expect(eventBridgePerMillion({ subscribers: 10, bytesOut: 100_000 }, 'us-east-1')).toBeCloseTo(
      2 / 10 + 2 * 0.2 + 9,
      10,
    );
  });
});

describe('a scenario', () => {
  it.each([11, 1024, 65_536])('creates a JSON payload of exactly %i bytes', (bytes) => {
    const payload = samplePayload(bytes);
    expect(Buffer.byteLength(payload)).toBe(bytes);
    expect(JSON.parse(payload)).toHaveProperty('text');
  });

  it('retries with the default schedule, up to nine times', () => {
    const { first, retries } = attemptsOf({ ...DEFAULT_SCENARIO, events: 1000, failureRate: 0.5 });
    expect(first).toBe(1000);
    expect(retries).toBeCloseTo(1000 * (1 - 0.5 ** 9), 6);
    expect(attemptsOf(DEFAULT_SCENARIO)).toEqual({ first: 1_000_000, retries: 0 });
  });

  const total = (given: Partial<typeof DEFAULT_SCENARIO>) => {
    const scenario = { ...DEFAULT_SCENARIO, ...given };
    return billOf(countsOf(linesOf(scenario), scenario.events * scenario.subscribers), 'us-east-1');
  };

  it('costs more with failures, larger payloads, unbatched events or longer retention, and less per delivery with more subscribers or via the queue', () => {
    const usual = total({}).perMillionDeliveries ?? 0;
    for (const more of [{ failureRate: 0.1 }, { payloadBytes: 100_000 }, { batch: 1 }, { retentionDays: 90 }])
      expect(total(more).perMillionDeliveries, JSON.stringify(more)).toBeGreaterThan(usual);
    for (const less of [{ subscribers: 10 }, { via: 'queue' as const }])
      expect(total(less).perMillionDeliveries, JSON.stringify(less)).toBeLessThan(usual);
  });

  const quantity = (given: Partial<typeof DEFAULT_SCENARIO>, item: Item) =>
    countsOf(linesOf({ ...DEFAULT_SCENARIO, events: 100, ...given }), 100).counts[item] ?? 0;

  it('bills large messages by 64 KB in every queue', () => {
    const of = { batch: 1, via: 'queue' as const };
    // Sent, received and deleted in two queues; a deletion transfers no message.
    expect(quantity({ ...of, payloadBytes: 1024 }, 'sqsRequests')).toBeCloseTo(600, 0);
    expect(quantity({ ...of, payloadBytes: 65_536 }, 'sqsRequests')).toBeCloseTo(100 * (2 + 2 + 1) * 2, 0);
  });

  it('is in proportion between the kinds that were measured', () => {
    const writes = (given: Partial<typeof DEFAULT_SCENARIO>) => quantity(given, 'dynamodbWrites');
    const between = (one: number, other: number) => (one + other) / 2;
    expect(writes({ payloadBytes: (8192 + 65_536) / 2 })).toBeCloseTo(
      between(writes({ payloadBytes: 8192 }), writes({ payloadBytes: 65_536 })),
      6,
    );
    expect(writes({ subscribers: 3 })).toBeCloseTo(
      between(writes({ subscribers: 1 }), writes({ subscribers: 5 })),
      6,
    );
    expect(writes({ batch: 1 / between(1, 1 / 5) })).toBeCloseTo(
      between(writes({ batch: 1 }), writes({ batch: 5 })),
      6,
    );
    expect(quantity({ events: 200 }, 'egress')).toBeCloseTo(2 * quantity({}, 'egress'), 9);
  });

  it('pays for the time that its endpoints take, and for what is kept', () => {
    const time = (endpointMs: number) => quantity({ endpointMs }, 'lambdaGbSeconds');
    expect(time(1200) - time(200)).toBeCloseTo(5 * (time(400) - time(200)), 6);
    expect(quantity({ retentionDays: 90 }, 'dynamodbStorage')).toBeCloseTo(
      3 * quantity({ retentionDays: 30 }, 'dynamodbStorage'),
      9,
    );
  });
});
