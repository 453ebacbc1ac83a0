import { describe, expect, it } from 'vitest';
import { addOutcome, NOTHING } from '../../../../core/flow/evidence.ts';
import { reportEvidence } from '../../../../core/flow/report-evidence.ts';
import { openFlow } from '../../../support/flow-ports.ts';
import { NOW } from '../../../support/records.ts';

const DAY = 86_400_000;

/** Return what a copy has seen: outages, each at its time. */
const outages = (...times: number[]) =>
  times.reduce(
    (evidence, at) =>
      addOutcome(evidence, {
        verdict: { kind: 'down', detail: 'answered 503' },
        isFirst: true,
        durationMs: 1,
        at,
      }),
    NOTHING,
  );

describe('a report of evidence', () => {
  it('is added to what the other copies have seen, and has the endpoint watched', async () => {
    const { ports, subscription, item, stored } = await openFlow();
    expect(await reportEvidence(ports, subscription, outages(NOW))).toBe(true);
    const watched = await stored();
    expect(watched?.flow).toMatchObject({ mode: 'direct', watchedSince: NOW });
    expect(await reportEvidence(ports, watched ?? subscription, outages(NOW + 1, NOW + 2))).toBe(false);
    expect((await item())?.state).toMatchObject({ run: 3, lastFailure: 'answered 503' });
  });

  it('changes the mode if all of it demands that', async () => {
    const { ports, subscription, stored } = await openFlow();
    const times = Array.from({ length: 10 }, (_, n) => NOW + n * 2000);
    expect(await reportEvidence(ports, subscription, outages(...times))).toBe(true);
    expect((await stored())?.flow).toMatchObject({ mode: 'paused', reason: 'down' });
  });

  it('disables the subscription after five days of failures', async () => {
    const { pipeline, ports, subscription, stored } = await openFlow();
    await reportEvidence(ports, subscription, outages(NOW));
    const watched = (await stored()) ?? subscription;
    pipeline.time.now = NOW + 5 * DAY - 1;
    await reportEvidence(ports, watched, outages(pipeline.time.now));
    expect(await stored()).toMatchObject({ enabled: true });
    pipeline.time.now = NOW + 5 * DAY;
    expect(await reportEvidence(ports, watched, outages(pipeline.time.now))).toBe(true);
    expect(await stored()).toMatchObject({ enabled: false, disabledReason: 'failing' });
  });

  it('that fails is logged, and fails nothing else', async () => {
    const { ports, subscription, logged } = await openFlow();
    const broken = {
      ...ports,
      flows: { ...ports.flows, change: () => Promise.reject(new Error('throttled')) },
    };
    expect(await reportEvidence(broken, subscription, outages(NOW))).toBe(false);
    expect(logged('evidence not reported')).toMatchObject([
      { level: 'error', fields: { subscriptionId: subscription.id } },
    ]);
  });
});
