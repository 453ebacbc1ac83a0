import { beforeEach, describe, expect, it } from 'vitest';
import { sumOf } from '../../../../core/flow/evidence.ts';
import { EvidenceBook } from '../../../../core/flow/evidence-book.ts';
import { DIRECT } from '../../../../core/model/flow.ts';
import type { Verdict } from '../../../../core/model/verdict.ts';
import { NOW, subscriptionRecord } from '../../../support/records.ts';

describe('the evidence book', () => {
  const time = { now: NOW };
  let book: EvidenceBook;
  beforeEach(() => {
    time.now = NOW;
    book = new EvidenceBook(() => time.now);
  });
  const unwatched = subscriptionRecord();
  const watched = { ...unwatched, flow: { ...DIRECT, watchedSince: NOW } };
  const add = (kind: Verdict['kind'], subscription = unwatched) =>
    book.addOutcome(subscription, { verdict: { kind }, isFirst: true, durationMs: 1, at: time.now });

  it('reports nothing of an endpoint that only succeeds', () => {
    expect(book.take(unwatched)).toBeNull();
    for (let n = 0; n < 100; n++) add('delivered');
    time.now += 30_000;
    expect(book.take(unwatched)).toBeNull();
  });

  it('reports the first failure at once, with the successes before it', () => {
    add('delivered');
    add('rejected');
    const evidence = book.take(unwatched);
    expect(evidence).toMatchObject({ failedAt: NOW, succeededAt: NOW });
    expect(sumOf(evidence?.slots ?? [], NOW)).toMatchObject({ first: 2 });
    expect(book.take(unwatched)).toBeNull();
  });

  it('reports a watched endpoint every five seconds, also its successes, and everything once', () => {
    add('down');
    expect(book.take(watched)).toMatchObject({ outages: 1 });
    add('down');
    time.now = NOW + 4999;
    expect(book.take(watched)).toBeNull();
    time.now = NOW + 5000;
    expect(book.take(watched)).toMatchObject({ outages: 1 });
    time.now = NOW + 10_000;
    expect(book.take(watched)).toBeNull();
    add('delivered');
    expect(book.take(watched)).toMatchObject({ succeededAt: NOW + 10_000 });
  });

  it('reports at once that a failure is over, since it may be the last that this copy sees', () => {
    add('down');
    expect(book.take(watched)).toMatchObject({ outages: 1 });
    add('delivered');
    expect(book.take(watched)).toMatchObject({ succeededAt: NOW });
    add('delivered');
    add('down');
    time.now = NOW + 4999;
    expect(book.take(watched)).toBeNull();
  });

  it('reports a 429 at once, and while it is watched within a second', () => {
    add('busy');
    expect(book.take(unwatched)).toMatchObject({ limitedAt: NOW, failedAt: null });
    add('busy');
    time.now = NOW + 999;
    expect(book.take(watched)).toBeNull();
    time.now = NOW + 1000;
    expect(book.take(watched)).toMatchObject({ limitedAt: NOW });
  });

  it('reports a slow request at once, while it is still open', () => {
    book.addSlow(unwatched);
    expect(sumOf(book.take(unwatched)?.slots ?? [], NOW)).toEqual({ first: 0, outages: 0, slow: 1, fast: 0 });
  });

  it('reports a slow request of a watched endpoint within a second', () => {
    add('down');
    expect(book.take(watched)).not.toBeNull();
    book.addSlow(watched);
    time.now = NOW + 999;
    expect(book.take(watched)).toBeNull();
    time.now = NOW + 1000;
    expect(book.take(watched)).not.toBeNull();
  });

  it('reports each failure at once until the subscription is known to be watched', () => {
    add('down');
    expect(book.take(unwatched)).not.toBeNull();
    add('down');
    expect(book.take(unwatched)).not.toBeNull();
  });

  it('hurries only if the failure that it reported is over', () => {
    book.addSlow(unwatched);
    expect(book.take(unwatched)).not.toBeNull();
    add('delivered');
    expect(book.take(unwatched)).toBeNull();
    time.now = NOW + 1000;
    expect(book.take(watched)).toBeNull();
  });

  it('does not hurry if the report of the failure had a later success', () => {
    add('down');
    time.now = NOW + 1;
    add('delivered');
    expect(book.take(watched)).toMatchObject({ failedAt: NOW, succeededAt: NOW + 1 });
    add('delivered');
    time.now = NOW + 1001;
    expect(book.take(watched)).toBeNull();
  });

  it('keeps the endpoints apart', () => {
    const other = subscriptionRecord();
    add('down');
    add('delivered', other);
    expect(book.take(other)).toBeNull();
    expect(book.take(unwatched)).not.toBeNull();
  });

  it('forgets what nobody has asked for within a minute, and more than 5000 endpoints', () => {
    add('delivered');
    time.now += 60_000;
    add('down', subscriptionRecord());
    expect(book.take(watched)).toBeNull();
    const first = subscriptionRecord();
    add('down', first);
    for (let n = 0; n < 5000; n++) add('down', subscriptionRecord());
    expect(book.take(first)).toBeNull();
  });

  it('keeps 5000 endpoints', () => {
    const first = subscriptionRecord();
    add('down', first);
    for (let n = 1; n < 5000; n++) add('down', subscriptionRecord());
    expect(book.take(first)).not.toBeNull();
  });

  it('forgets in the order of use', () => {
    const others = [subscriptionRecord(), subscriptionRecord()] as const;
    add('down');
    add('down', others[0]);
    time.now = NOW + 40_000;
    add('down');
    time.now = NOW + 70_000;
    add('down', others[1]);
    expect(book.take(others[0])).toBeNull();
    expect(book.take(unwatched)).toMatchObject({ outages: 2 });
  });
});
