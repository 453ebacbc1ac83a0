import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  covers,
  disjointPatterns,
  isVouchedFor,
  matches,
  patternsOf,
} from '../../../../core/model/event-pattern.ts';
import { eventPatternSchema, eventTypeNameSchema } from '../../../../core/model/event-type-name.ts';

const segment = fc.constantFrom('a', 'b', 'c');
const type = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('.'));
const pattern = fc.oneof(
  type,
  type.map((prefix) => `${prefix}.*`),
  fc.constant('*'),
);

describe('an event type', () => {
  it.each(['NewCustomer', 'invoice.status.updated', 'Sales Invoice.on_update', 'Devis.créé', 'a-b_c:d/e'])(
    'may be named %j',
    (name) => {
      expect(eventTypeNameSchema.safeParse(name).success).toBe(true);
      expect(eventPatternSchema.safeParse(name).success).toBe(true);
    },
  );

  it.each([
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    '*',
    'a.*',
    'a#b',
    'a\nb',
    'a\u0000',
    '\ud800',
    `${'a.'.repeat(10)}a`,
    'x'.repeat(201),
  ])('cannot be named %j', (name) => {
    expect(eventTypeNameSchema.safeParse(name).success).toBe(false);
  });

  it.each(['*', 'job.*', 'a.b.*', 'ancrage.*'])('may have the pattern %j', (name) => {
    expect(eventPatternSchema.safeParse(name).success).toBe(true);
  });

  it.each(['**', '*.a', 'a*', 'a.*.b', 'a.**', '.*'])('cannot have the pattern %j', (name) => {
    expect(eventPatternSchema.safeParse(name).success).toBe(false);
  });

  it('matches its patterns, the most specific first', () => {
    expect(patternsOf('invoice.status.updated')).toEqual([
      'invoice.status.updated',
      'invoice.status.*',
      'invoice.*',
      '*',
    ]);
    expect(patternsOf('NewCustomer')).toEqual(['NewCustomer', '*']);
  });

  it('matches the wildcard of a prefix only with one or more further segments', () => {
    expect(matches(['job.*'], 'job.created')).toBe(true);
    expect(matches(['job.*'], 'job.status.updated')).toBe(true);
    expect(matches(['job.*'], 'job')).toBe(false);
    expect(matches(['job.*'], 'jobs.created')).toBe(false);
  });

  it('is matched by * unless it is operational', () => {
    const operational = 'ancrage.delivery.exhausted';
    expect(matches(['*'], operational)).toBe(false);
    expect(matches(['a', '*'], operational)).toBe(false);
    for (const named of ['ancrage.*', 'ancrage.delivery.*', operational])
      expect(matches(['*', named], operational)).toBe(true);
    expect(matches(['*'], 'ancrage')).toBe(true);
    expect(covers('*', 'ancrage.*')).toBe(false);
  });

  it('is looked for under *, as the only binding beside others, even if it is operational', () => {
    const operational = 'ancrage.delivery.exhausted';
    expect(patternsOf(operational)).toEqual([operational, 'ancrage.delivery.*', 'ancrage.*', '*']);
    expect(disjointPatterns(['*', 'ancrage.*', 'a'])).toEqual(['*']);
    expect(isVouchedFor('*', operational)).toBe(false);
    expect(isVouchedFor('ancrage.*', operational)).toBe(true);
    expect(isVouchedFor('*', 'a')).toBe(true);
  });

  it('is covered by exactly the patterns that it matches', () => {
    fc.assert(
      fc.property(pattern, type, (one, name) => {
        expect(patternsOf(name).includes(one)).toBe(covers(one, name));
      }),
    );
  });

  it('matches at most one disjoint pattern, and one if it matched any pattern before', () => {
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 8 }), type, (patterns, name) => {
        const reduced = disjointPatterns(patterns);
        const hits = reduced.filter((one) => covers(one, name)).length;
        expect(hits).toBe(matches(patterns, name) ? 1 : 0);
      }),
    );
  });
});
