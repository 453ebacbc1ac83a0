import { describe, expect, it } from 'vitest';
import {
  addOutcome,
  addSlow,
  demandedFlow,
  type Evidence,
  NOTHING,
  type Outcome,
  sumOf,
  withEvidence,
} from '../../../../core/flow/evidence.ts';
import { DIRECT, type Flow, newFlow } from '../../../../core/model/flow.ts';
import { type FlowState, NO_EVIDENCE } from '../../../../core/model/flow-state.ts';
import { NOW } from '../../../support/records.ts';

type Kind = Outcome['verdict']['kind'];
const SECOND = 1000;

/** Report outcomes at these times, each alone, as copies that see one request each do. */
function stateAfter(
  outcomes: readonly (Partial<Outcome> & { kind: Kind; at: number })[],
  state = NO_EVIDENCE,
) {
  return outcomes.reduce((known, { kind, at, isFirst = true, durationMs = 50 }) => {
    const evidence = addOutcome(NOTHING, { verdict: { kind }, isFirst, durationMs, at: NOW + at });
    return withEvidence(known, evidence, NOW + at);
  }, state);
}
const times = (count: number, everyMs: number, kind: Kind, from = 0) =>
  Array.from({ length: count }, (_, n) => ({ kind, at: from + n * everyMs }));
const demanded = (state: FlowState, at: number, flow: Flow = DIRECT) => demandedFlow(state, flow, NOW + at);

describe('an endpoint is paused', () => {
  it.each([
    ['ten outages in a row over ten seconds', 10, 10 * SECOND, 'paused', 'down'],
    ['ten outages in a row in less than ten seconds', 10, 9999, 'paced', 'failing'],
    ['nine outages in a row over ten seconds', 9, 10 * SECOND, 'direct', null],
    ['eight outages in a row over a minute', 8, 60 * SECOND, 'paused', 'down'],
    ['eight outages in a row in less than a minute', 8, 59_999, 'direct', null],
    ['seven outages in a row over ten minutes', 7, 600 * SECOND, 'direct', null],
  ] as const)('or not after %s', (_, count, ms, mode, reason) => {
    const state = stateAfter([...times(count - 1, 1, 'down'), { kind: 'down', at: ms }]);
    expect(demanded(state, ms)).toMatchObject({ mode, reason });
  });

  it('also if it was paced', () => {
    const state = stateAfter(times(12, SECOND, 'down'));
    expect(demanded(state, 12 * SECOND, newFlow(new Date(NOW).toISOString()))).toMatchObject({
      mode: 'paused',
      since: new Date(NOW + 12 * SECOND).toISOString(),
    });
  });

  it.each(['delivered', 'rejected', 'gone'] as const)('not if one was answered meanwhile (%s)', (kind) => {
    const outage = times(9, 2 * SECOND, 'down');
    const state = stateAfter([
      ...outage,
      { kind, at: 19 * SECOND },
      ...times(9, 2 * SECOND, 'down', 20 * SECOND),
    ]);
    expect(state.run).toBe(9);
    expect(demanded(state, 40 * SECOND).mode).not.toBe('paused');
  });

  it('or not if an answer is reported late, by whether it came before the run', () => {
    const run = stateAfter(times(5, SECOND, 'down', 5000));
    expect(stateAfter([{ kind: 'delivered', at: 4999 }], run)).toMatchObject({
      run: 5,
      runSince: NOW + 5000,
      runUntil: NOW + 9000,
    });
    expect(stateAfter([{ kind: 'delivered', at: 5000 }], run)).toMatchObject({
      run: 0,
      runSince: null,
      runUntil: null,
    });
  });

  it('only once, however long it stays down', () => {
    const paused = { mode: 'paused', reason: 'down', since: new Date(NOW).toISOString() } as const;
    const flow = { ...paused, watchedSince: NOW };
    expect(demanded(stateAfter(times(30, SECOND, 'down')), 30 * SECOND, flow)).toEqual(flow);
  });

  it('not by its retries, although the answer to one ends the run', () => {
    const retries = times(50, SECOND, 'down').map((outcome) => ({ ...outcome, isFirst: false }));
    expect(demanded(stateAfter(retries), 50 * SECOND).mode).toBe('direct');
    const run = stateAfter(times(9, 2 * SECOND, 'down'));
    expect(stateAfter([{ kind: 'delivered', at: 20 * SECOND, isFirst: false }], run).run).toBe(0);
  });

  it('even if a 429 or an event that cannot be rendered came between', () => {
    const state = stateAfter([
      ...times(5, 2 * SECOND, 'down'),
      { kind: 'busy', at: 9 * SECOND },
      { kind: 'unrenderable', at: 9 * SECOND },
      ...times(5, 2 * SECOND, 'down', 10 * SECOND),
    ]);
    expect(demanded(state, 20 * SECOND)).toMatchObject({ mode: 'paused' });
  });

  it('by runs that several copies saw in parts', () => {
    const [one, other] = [0, 1].map((copy) =>
      times(5, 2 * SECOND, 'down', copy * SECOND).reduce<Evidence>(
        (evidence, { kind, at }) =>
          addOutcome(evidence, { verdict: { kind }, isFirst: true, durationMs: 1, at: NOW + at }),
        NOTHING,
      ),
    );
    let state = withEvidence(NO_EVIDENCE, one as Evidence, NOW + 10_000);
    expect(state).toMatchObject({ run: 5, runSince: NOW, runUntil: NOW + 8000 });
    state = withEvidence(state, other as Evidence, NOW + 10_000);
    expect(state).toMatchObject({ run: 10, runSince: NOW, runUntil: NOW + 9000 });
  });

  it('counting only the outages after the last answer of the same report', () => {
    const outcomes = [
      ...times(3, 1000, 'down'),
      { kind: 'rejected' as const, at: 4000 },
      ...times(2, 500, 'down', 5000),
    ];
    const evidence = outcomes.reduce<Evidence>(
      (sum, { kind, at }) =>
        addOutcome(sum, { verdict: { kind }, isFirst: true, durationMs: 1, at: NOW + at }),
      NOTHING,
    );
    const known = stateAfter(times(5, 100, 'down', -5000));
    expect(withEvidence(known, evidence, NOW + 6000)).toMatchObject({
      run: 2,
      runSince: NOW + 5000,
      runUntil: NOW + 5500,
    });
  });
});

describe('a direct endpoint becomes paced', () => {
  /** So many first attempts within some seconds, of which every nth is answered. */
  const mixed = (outages: number, answers: number) => [
    ...times(outages, 10, 'down'),
    ...times(answers, 10, 'delivered', 1000),
  ];

  it.each([
    [6, 9, 'failing'],
    [3, 7, 'failing'],
    [4, 10, null],
    [5, 4, null],
    [30, 70, 'failing'],
    [29, 71, null],
  ])('or not after %i outages and %i answers in two seconds', (outages, answers, reason) => {
    expect(demanded(stateAfter(mixed(outages, answers)), 2000).reason).toBe(reason);
  });

  it('not by outages that are older than twenty seconds', () => {
    const state = stateAfter(mixed(10, 10));
    expect(demanded(state, 29_999).reason).toBe('failing');
    expect(demanded(state, 30_000).reason).toBeNull();
  });

  it('not by retries', () => {
    const retries = mixed(20, 10).map((outcome) => ({ ...outcome, isFirst: false }));
    expect(demanded(stateAfter(retries), 2000).reason).toBeNull();
  });

  it('by a 429, but not by one from before it was direct', () => {
    const state = stateAfter([{ kind: 'busy', at: 1000 }]);
    expect(demanded(state, 1000)).toMatchObject({ mode: 'paced', reason: 'busy' });
    const since = new Date(NOW + 1000).toISOString();
    expect(demanded(state, 2000, { ...DIRECT, since })).toMatchObject({ mode: 'direct', reason: null });
  });

  it.each([
    [3, 2, 'slow'],
    [3, 3, null],
    [2, 0, null],
    [30, 31, null],
  ])('or not by %i requests that take longer than two seconds and %i that do not', (slow, fast, reason) => {
    let state = stateAfter(times(fast, 10, 'delivered'));
    for (let n = 0; n < slow; n++) state = withEvidence(state, addSlow(NOTHING, NOW + n), NOW + n);
    expect(demanded(state, 1000).reason).toBe(reason);
  });

  it('once for each slow request: its end does not count again', () => {
    const slow = addSlow(NOTHING, NOW + 2000);
    const ended = addOutcome(slow, {
      verdict: { kind: 'delivered' },
      isFirst: true,
      durationMs: 2001,
      at: NOW + 2001,
    });
    expect(sumOf(ended.slots, NOW)).toEqual({ first: 1, outages: 0, slow: 1, fast: 0 });
  });

  it('and stays so whatever follows: only the pump makes it direct again', () => {
    const paced = { ...newFlow(new Date(NOW).toISOString()), reason: 'busy' } as const;
    expect(demanded(stateAfter(times(100, 100, 'delivered')), 10_000, paced)).toEqual(paced);
    const paused = { ...paced, mode: 'paused', reason: 'down' } as const;
    expect(demanded(stateAfter(times(100, 100, 'delivered')), 10_000, paused)).toEqual(paused);
    const failing = { ...paced, reason: 'failing' } as const;
    expect(demanded(stateAfter([{ kind: 'busy', at: 1000 }]), 2000, failing)).toEqual(failing);
  });
});

describe('an endpoint is watched', () => {
  const watched = (state: FlowState, at: number, watchedSince: number | null) =>
    demanded(state, at, { ...DIRECT, watchedSince }).watchedSince;

  it('from its first failure or slow request on', () => {
    expect(watched(stateAfter(times(3, 10, 'delivered')), 1000, null)).toBeNull();
    expect(watched(stateAfter([{ kind: 'down', at: 500 }]), 1000, null)).toBe(NOW + 1000);
    expect(watched(stateAfter([{ kind: 'rejected', at: 500 }]), 1000, null)).toBe(NOW + 1000);
    expect(watched(withEvidence(NO_EVIDENCE, addSlow(NOTHING, NOW), NOW), 1000, null)).toBe(NOW + 1000);
  });

  it('while a run of outages goes on, although a report that came late had a success', () => {
    expect(watched({ ...NO_EVIDENCE, run: 1, failingSince: null }, 3_600_000, NOW)).toBe(NOW);
  });

  it('for two minutes, and until a success has followed', () => {
    const failed = stateAfter([{ kind: 'down', at: 0 }]);
    expect(watched(failed, 3_600_000, NOW)).toBe(NOW);
    const recovered = stateAfter([{ kind: 'delivered', at: 1000 }], failed);
    expect(watched(recovered, 119_999, NOW)).toBe(NOW);
    expect(watched(recovered, 120_000, NOW)).toBeNull();
  });
});

describe('the evidence about an endpoint', () => {
  it('says since when it fails without a success', () => {
    const state = stateAfter([
      { kind: 'delivered', at: 0 },
      { kind: 'rejected', at: 1000 },
      { kind: 'down', at: 2000, isFirst: false },
    ]);
    expect(state).toMatchObject({
      failingSince: new Date(NOW + 1000).toISOString(),
      lastSuccessAt: new Date(NOW).toISOString(),
      lastFailureAt: new Date(NOW + 2000).toISOString(),
    });
    expect(stateAfter([{ kind: 'delivered', at: 3000, isFirst: false }], state).failingSince).toBeNull();
    // An answer that is not a success ends a run, but not the failures.
    expect(stateAfter([{ kind: 'rejected', at: 3000 }], state).failingSince).toBe(state.failingSince);
  });

  it('says since when it fails if a report has a success and a later failure', () => {
    const evidence = [
      { kind: 'delivered' as const, at: 5000 },
      { kind: 'down' as const, at: 6000 },
    ].reduce<Evidence>(
      (sum, { kind, at }) =>
        addOutcome(sum, { verdict: { kind }, isFirst: true, durationMs: 1, at: NOW + at }),
      NOTHING,
    );
    const known = stateAfter([{ kind: 'down', at: 0 }]);
    expect(withEvidence(known, evidence, NOW + 6000).failingSince).toBe(new Date(NOW + 6000).toISOString());
  });

  it('says that it fails no longer if a report has a failure and then a success, or both at once', () => {
    const known = stateAfter([{ kind: 'down', at: 0 }]);
    for (const at of [5000, 6000]) {
      const failed = { verdict: { kind: 'down' }, isFirst: true, durationMs: 1, at: NOW + 5000 } as const;
      const evidence = addOutcome(addOutcome(NOTHING, failed), {
        ...failed,
        verdict: { kind: 'delivered' },
        at: NOW + at,
      });
      expect(withEvidence(known, evidence, NOW + 6000).failingSince).toBeNull();
    }
  });

  it('goes on to say that it fails after a 429', () => {
    const known = stateAfter([{ kind: 'down', at: 0 }]);
    expect(stateAfter([{ kind: 'busy', at: 1000 }], known).failingSince).toBe(known.failingSince);
  });

  it('says what the last failure was, and when it was and the last success, whatever is reported first', () => {
    const failure = (detail?: string) =>
      addOutcome(NOTHING, {
        verdict: { kind: 'down', ...(detail !== undefined && { detail }) },
        isFirst: true,
        durationMs: 1,
        at: NOW + 2000,
      });
    const known = stateAfter([{ kind: 'delivered', at: 4000 }]);
    expect(known.lastFailure).toBeNull();
    expect(withEvidence(known, failure(), NOW).lastFailure).toBe('down');
    const failed = withEvidence(known, failure('answered 503'), NOW);
    const late = stateAfter([{ kind: 'delivered', at: 3000 }], failed);
    expect(late).toMatchObject({
      lastFailure: 'answered 503',
      lastFailureAt: new Date(NOW + 2000).toISOString(),
      lastSuccessAt: new Date(NOW + 4000).toISOString(),
    });
  });

  it('counts an answer as fast that takes two seconds, and not one that takes longer', () => {
    const fast = (durationMs: number) =>
      sumOf(stateAfter([{ kind: 'delivered', at: 0, durationMs }]).slots, NOW).fast;
    expect([fast(2000), fast(2001)]).toEqual([1, 0]);
  });

  it('blames it neither for a 429 nor for an event that cannot be rendered', () => {
    const state = stateAfter([
      { kind: 'busy', at: 0 },
      { kind: 'unrenderable', at: 0 },
    ]);
    expect(state).toMatchObject({ failingSince: null, lastFailureAt: null, run: 0, limitedAt: NOW });
    expect(sumOf(state.slots, NOW)).toEqual({ first: 0, outages: 0, slow: 0, fast: 0 });
  });

  it('is the same in any order of the copies’ reports, in slots of ten seconds', () => {
    const reports = times(6, 7000, 'down').map(({ kind, at }) =>
      addOutcome(NOTHING, { verdict: { kind }, isFirst: true, durationMs: 1, at: NOW + at }),
    );
    const sum = (order: readonly Evidence[]) =>
      order.reduce<FlowState>((known, one) => withEvidence(known, one, NOW + 35_000), NO_EVIDENCE).slots;
    expect(sum(reports.toReversed())).toEqual(sum(reports));
    expect(sum(reports).map(({ at, outages }) => [at - NOW, outages])).toEqual([
      [0, 2],
      [10_000, 1],
      [20_000, 2],
      [30_000, 1],
    ]);
  });

  it('keeps no slot that ended more than a minute ago', () => {
    const state = stateAfter([
      { kind: 'down', at: 0 },
      { kind: 'down', at: 65_000 },
    ]);
    expect(state.slots).toHaveLength(2);
    expect(stateAfter([{ kind: 'down', at: 70_000 }], state).slots.map(({ at }) => at - NOW)).toEqual([
      60_000, 70_000,
    ]);
  });
});
