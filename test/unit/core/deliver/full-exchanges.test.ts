import { beforeEach, describe, expect, it } from 'vitest';
import { COMPACT_BECAUSE, FullExchanges } from '../../../../core/deliver/full-exchanges.ts';
import type { RecordedAttempt } from '../../../../core/ports/attempt-log.ts';
import type { ExchangeCounts } from '../../../../core/ports/exchange-counts.ts';
import { inMemoryExchangeCounts } from '../../../support/in-memory/exchange-counts.ts';
import { recordedLog } from '../../../support/in-memory/log.ts';
import { attemptRecord, NOW } from '../../../support/records.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

let now: number;
let added: string[];
let lines: ReturnType<typeof recordedLog>['lines'];
let openCopy: (given?: Partial<ExchangeCounts>) => FullExchanges;

beforeEach(() => {
  now = NOW - (NOW % DAY);
  added = [];
  const counts = inMemoryExchangeCounts();
  const exchangeCounts: ExchangeCounts = {
    ...counts,
    addFailures: (id, ...others) => {
      added.push(id);
      return counts.addFailures(id, ...others);
    },
    addBytes: (project, ...others) => {
      added.push(project);
      return counts.addBytes(project, ...others);
    },
  };
  const recorded = recordedLog();
  lines = recorded.lines;
  openCopy = (given) =>
    new FullExchanges({
      exchangeCounts: { ...exchangeCounts, ...given },
      limits: { loggedMegabytesPerDay: 1 },
      clock: () => now,
      log: recorded.log,
    });
});

const failures = (count: number, given: Partial<RecordedAttempt> = {}): RecordedAttempt[] =>
  Array.from({ length: count }, () => attemptRecord({ outcome: 'failure', log: 'full', ...given }));
const successes = (count: number, given: Partial<RecordedAttempt> = {}) =>
  failures(count, { outcome: 'success', ...given });
/** Their exchanges are billed as 32 KB each. */
const large = { response: { status: 500, headers: {}, body: 'x'.repeat(32_000) } };

const kept = (attempts: readonly RecordedAttempt[]) =>
  attempts.map(({ log, compactBecause }) => compactBecause ?? log);
const full = (count: number) => Array<string>(count).fill('full');
const compact = (count: number, why: string) => Array<string>(count).fill(why);

describe('the failures of a subscription in a minute', () => {
  it('are kept in full up to ten', async () => {
    expect(kept(await openCopy().choose(failures(11)))).toEqual([...full(10), COMPACT_BECAUSE.failures]);
  });

  it('are counted by all copies together', async () => {
    const [one, other] = [openCopy(), openCopy()];
    expect(kept(await one.choose(failures(6)))).toEqual(full(6));
    expect(kept(await other.choose(failures(6)))).toEqual([
      ...full(4),
      ...compact(2, COMPACT_BECAUSE.failures),
    ]);
    expect(kept(await one.choose(failures(1)))).toEqual([COMPACT_BECAUSE.failures]);
  });

  it('are full again in the next minute, and those of other subscriptions always', async () => {
    const copy = openCopy();
    await copy.choose(failures(11));
    expect(kept(await copy.choose(failures(1, { subscriptionId: 'sub_2' })))).toEqual(full(1));
    now += MINUTE - 1;
    expect(kept(await copy.choose(failures(1)))).toEqual([COMPACT_BECAUSE.failures]);
    now += 1;
    expect(kept(await copy.choose(failures(1)))).toEqual(full(1));
  });

  it('are not counted again by a copy that was refused', async () => {
    const copy = openCopy();
    await copy.choose(failures(11));
    added.length = 0;
    await copy.choose(failures(100));
    expect(added).toEqual([]);
  });

  it('leave successes alone, which have no limit but the bytes', async () => {
    const chosen = await openCopy().choose([...failures(11), ...successes(20)]);
    expect(kept(chosen)).toEqual([...full(10), COMPACT_BECAUSE.failures, ...full(20)]);
  });
});

describe('the bytes of a project on a day', () => {
  it('are never more than it may log in full', async () => {
    const [one, other] = [openCopy(), openCopy()];
    expect(kept(await one.choose(successes(20, large)))).toEqual(full(20));
    expect(kept(await other.choose(successes(11, large)))).toEqual(compact(11, COMPACT_BECAUSE.bytes));
    expect(kept(await one.choose(failures(1)))).toEqual([COMPACT_BECAUSE.bytes]);
  });

  it('are also those of redirects', async () => {
    const redirects = [{ status: 302, method: 'GET', location: `https://a.example/${'x'.repeat(32_000)}` }];
    const redirected = successes(31, { redirects } as Partial<RecordedAttempt>);
    expect(kept(await openCopy().choose(redirected))).toEqual(compact(31, COMPACT_BECAUSE.bytes));
  });

  it('begin anew at midnight (UTC), and are those of one project', async () => {
    const copy = openCopy();
    await copy.choose(successes(40, large));
    expect(kept(await copy.choose(successes(1, { project: 'another' })))).toEqual(full(1));
    now += DAY - 1;
    expect(kept(await copy.choose(failures(1)))).toEqual([COMPACT_BECAUSE.bytes]);
    now += 1;
    expect(kept(await copy.choose(failures(1)))).toEqual(full(1));
  });

  it('cost nothing once they are used up', async () => {
    const copy = openCopy();
    await copy.choose(successes(40, large));
    added.length = 0;
    await copy.choose([...failures(3), ...successes(3)]);
    expect(added).toEqual([]);
  });
});

it('keeps exchanges compact that cannot be counted, and says so', async () => {
  const fails = async () => {
    throw new Error('throttled');
  };
  expect(kept(await openCopy({ addFailures: fails }).choose(failures(2)))).toEqual(
    compact(2, COMPACT_BECAUSE.unknown),
  );
  expect(kept(await openCopy({ addBytes: fails }).choose(successes(2)))).toEqual(
    compact(2, COMPACT_BECAUSE.unknown),
  );
  expect(lines.map(({ level, message }) => [level, message])).toEqual([
    ['warn', 'exchanges not counted'],
    ['warn', 'exchanges not counted'],
  ]);
});
