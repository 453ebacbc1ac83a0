import { expect, it } from 'vitest';
import { repairUnhealthy } from '../../../../core/sweep/repair-unhealthy.ts';
import { recordedLog } from '../../../support/in-memory/log.ts';
import { NOW } from '../../../support/records.ts';

const repairing = (repair: (until: number) => Promise<number | null>) => {
  const { log, lines } = recordedLog();
  const run = (until: number) =>
    repairUnhealthy({ unhealthyRepair: { repair }, clock: () => NOW, log }, until);
  return { run, lines };
};

it('compares for five seconds at most, and not at all without time', async () => {
  const asked: number[] = [];
  const { run, lines } = repairing(async (until) => asked.push(until) * 0);
  await run(NOW + 60_000);
  await run(NOW + 2000);
  await run(NOW);
  expect(asked).toEqual([NOW + 5000, NOW + 2000]);
  expect(lines).toEqual([]);
});

it('logs how many entries were wrong', async () => {
  const { run, lines } = repairing(async () => 3);
  await run(NOW + 1);
  expect(lines).toEqual([
    { level: 'info', message: 'unhealthy subscriptions corrected', fields: { repaired: 3 } },
  ]);
});

it('logs a fault, so that the sweep succeeds', async () => {
  const error = new Error('throttled');
  const { run, lines } = repairing(async () => Promise.reject(error));
  await run(NOW + 1);
  expect(lines).toEqual([
    { level: 'error', message: 'unhealthy subscriptions not compared', fields: { error } },
  ]);
});
