import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DigestedReference,
  toDigests,
  toReferences,
} from '../../../../core/adapters/dynamodb/digest-items.ts';
import type { Item } from '../../../../core/adapters/dynamodb/table.ts';
import { newId, shortHash } from '../../../../core/kernel/ids.ts';
import {
  type AttemptReference,
  REFERENCE_SPAN_MS,
  typeMark,
} from '../../../../core/model/attempt-reference.ts';
import { NOW } from '../../../support/records.ts';

const WRITE_UNIT = 1024;

/** The size of an item by DynamoDB's rule: UTF-8 of names and texts, bytes, and for a number a byte for two digits and one more. */
const sizeOf = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => {
    if (typeof value === 'number') return sum + name.length + Math.ceil(String(value).length / 2) + 1;
    return (
      sum + name.length + (value instanceof Uint8Array ? value.length : Buffer.byteLength(String(value)))
    );
  }, 0);

const reference = (given: Partial<AttemptReference> = {}): AttemptReference => ({
  project: 'erp',
  subscriptionId: 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA',
  outcome: 'success',
  types: [typeMark('invoice.paid')],
  at: NOW,
  from: NOW,
  expiresAt: NOW + 30 * 86_400_000,
  place: { eventId: newId('evt', NOW), number: 1 },
  ...given,
});

/** Return references as texts, in an order of their own. */
const textsOf = (references: readonly DigestedReference[]) =>
  references
    .map(({ at, from, subscriptionId, types, place }) =>
      JSON.stringify([at, from, subscriptionId, types, Object.entries(place).sort()]),
    )
    .sort();

const expiryOf = ({ at, place }: DigestedReference) => at + 86_400_000 * JSON.stringify(place).length;

/** An id that a publisher chose: any characters but control characters. */
const eventId = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map((n) => `order/${n}`),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.string({
    unit: fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)),
    minLength: 200,
    maxLength: 256,
  }),
  fc.ulid().map((id) => `evt_${id}`),
);
const someMarks = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }).map(typeMark), {
  minLength: 1,
  maxLength: 10,
});
const anyReference = fc
  .record({
    at: fc.integer({ min: NOW - 10_000, max: NOW }),
    subscriptionId: fc.oneof(
      fc.constantFrom('sub_1', 'sub_2'),
      fc.ulid().map((id) => `sub_${id}`),
    ),
    types: someMarks,
    span: fc.integer({ min: 0, max: REFERENCE_SPAN_MS }),
    place: fc.oneof(
      fc.record({ eventId, number: fc.integer({ min: 1, max: 99_999 }) }),
      fc.record({
        eventId,
        number: fc.integer({ min: 1, max: 9 }),
        replayId: fc.ulid().map((id) => `rpl_${id}`),
      }),
      fc.record({
        eventBatch: fc.ulid().map((id) => `lot_${id}`),
        part: fc.string().map((text) => shortHash(text)),
      }),
    ),
  })
  .map(({ span, ...given }) => {
    const one = reference({ ...given, from: 'eventBatch' in given.place ? given.at - span : given.at });
    return { ...one, expiresAt: expiryOf(one) };
  });

describe('the digests of attempts', () => {
  it('keep every reference, and each fits into one write unit', () => {
    fc.assert(
      fc.property(
        fc.array(anyReference, { maxLength: 150 }),
        fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/),
        (references, project) => {
          const digests = toDigests(references.map((one) => ({ ...one, project })));
          for (const item of digests) expect(sizeOf(item)).toBeLessThanOrEqual(WRITE_UNIT);
          expect(textsOf(digests.flatMap(toReferences))).toEqual(textsOf(references));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('sort by their newest attempt, have no attempt from more than two seconds before it, and expire with the last one', () => {
    fc.assert(
      fc.property(fc.array(anyReference, { minLength: 1, maxLength: 100 }), (references) => {
        for (const item of toDigests(references)) {
          const found = toReferences(item);
          const at = Date.parse(String(item.sk).split('#')[0] ?? '');
          expect(Math.max(...found.map((one) => one.at))).toBe(at);
          expect(Math.min(...found.map((one) => one.from))).toBeGreaterThanOrEqual(at - REFERENCE_SPAN_MS);
          expect(item.expiresAt).toBe(Math.floor(Math.max(...found.map(expiryOf)) / 1000));
        }
      }),
    );
  });

  it('fit into one write unit even with the longest names', () => {
    const longest = String.fromCodePoint(
      ...Array.from({ length: 256 }, (_, n) => 0x4e00 + ((n * 7919) % 0x5000)),
    );
    const items = toDigests([
      reference({
        project: 'p'.repeat(63),
        place: { eventId: longest, number: 99_999, replayId: newId('rpl', NOW) },
        subscriptionId: newId('sub', NOW),
      }),
    ]);
    expect(items).toHaveLength(1);
    expect(sizeOf(items[0] as Item)).toBeLessThanOrEqual(WRITE_UNIT);
  });

  it.each([
    [
      'attempts of events of their own',
      50,
      (n: number) => ({ at: NOW - n * 13, place: { eventId: newId('evt', NOW - n), number: 1 } }),
    ],
    [
      'attempts of one event for many subscriptions',
      50,
      (n: number) => ({
        at: NOW - n * 3,
        subscriptionId: newId('sub', NOW - n * 1e7),
        place: { eventId: 'evt_1', number: 1 },
      }),
    ],
    [
      'event batches',
      24,
      (n: number) => ({
        at: NOW - n * 20,
        from: NOW - n * 20 - 9,
        place: { eventBatch: newId('lot', NOW - n), part: shortHash(String(n)) },
      }),
    ],
  ])('refer to %s in one write unit: at least %i', (_name, count, given) => {
    const most = Array.from({ length: 100 }, (_one, n) => reference(given(n)));
    const [first] = toDigests(most);
    const found = toReferences(first as Item).length;
    expect(found).toBeGreaterThanOrEqual(count);
  });
});
