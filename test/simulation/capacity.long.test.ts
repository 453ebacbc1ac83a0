import { expect, it, vi } from 'vitest';
import { readPumpMessage } from '../../core/model/pump-message.ts';
import { Pace } from '../../core/pump/pace.ts';
import type { PumpPorts } from '../../core/pump/ports.ts';
import { receive } from '../../core/receive/receive.ts';
import type { Variant } from './capacity/functions.ts';
import { PASSED, scenarioNamed } from './capacity/scenarios/index.ts';
import { simulate } from './capacity/simulate.ts';

function isPumpMessage(body: string): boolean {
  try {
    return readPumpMessage(body).subscriptionId !== '';
  } catch {
    return false;
  }
}

/** The short test runs the seeds before these. */
const SEEDS = [3, 4, 5];

it('the simulation of capacity catches faults of ours that count as receives', {
  timeout: 600_000,
}, async () => {
  const counted: Variant['receive'] = async (_, messages, handle) =>
    (await handle(messages)).map(({ id }) => id);
  const { breaches } = await simulate(scenarioNamed('table-outage'), 1, { variant: { receive: counted } });
  expect(breaches).toContain('nothing is dead-lettered');
});

it('the simulation of capacity catches a window that halves on a single outage', {
  timeout: 600_000,
}, async () => {
  const { end } = Pace.prototype;
  const halving = vi.spyOn(Pace.prototype, 'end').mockImplementation(function (this: Pace, result, now) {
    // As many outages as make a round.
    const times = result === 'outage' ? Math.max(10, this.state.window) : 1;
    for (let n = 0; n < times; n++) end.call(this, result, now);
  });
  try {
    const { breaches } = await simulate(scenarioNamed('half-failing-20'), 1);
    expect(breaches).toContain('no attempt more than 5 min late');
  } finally {
    halving.mockRestore();
  }
});

it('the simulation of capacity catches pumps that keep their copy until the function would end', {
  timeout: 600_000,
}, async () => {
  const [FUNCTION_MS, TURN_MS] = [75_000, 20_000];
  const staying: Variant['receive'] = async (ports, messages, handle) => {
    const unhandled = await receive(ports, messages, handle);
    if (messages.every(({ body }) => isPumpMessage(body)))
      await new Promise((resolve) => setTimeout(resolve, FUNCTION_MS - TURN_MS));
    return unhandled;
  };
  const { breaches } = await simulate(scenarioNamed('busy-pumps'), 1, { variant: { receive: staying } });
  expect(breaches).toContain('each pump has a turn at least every 2 min');
});

it('the simulation of capacity catches message groups that are subscriptions', {
  timeout: 600_000,
}, async () => {
  const bySubscription = <Ports extends Pick<PumpPorts, 'pumpsQueue'>>(ports: Ports): Ports => ({
    ...ports,
    pumpsQueue: {
      send: (messages) =>
        ports.pumpsQueue.send(messages.map((each) => ({ ...each, groupId: each.message.subscriptionId }))),
    } satisfies PumpPorts['pumpsQueue'],
  });
  const variant: Variant = { deliver: bySubscription, pump: bySubscription, sweep: bySubscription };
  // A retry must fall due while the groups are busy, which it does with this seed, and not with 1 or 3.
  const { breaches } = await simulate(scenarioNamed('recover-together'), 2, { variant });
  expect(breaches).toContain("another endpoint's retry is at most 2 s late");
});

it.each([...PASSED.quick, ...PASSED.long])(
  'the capacity of the pipeline suffices for %s',
  {
    timeout: 600_000,
  },
  async (name) => {
    for (const seed of SEEDS)
      expect(
        (await simulate(scenarioNamed(name), seed)).breaches,
        `npm run simulate -- capacity --scenario ${name} --seed ${seed}`,
      ).toEqual([]);
  },
);
