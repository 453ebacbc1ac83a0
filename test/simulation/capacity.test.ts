import { describe, expect, it } from 'vitest';
import type { DeliverPorts } from '../../core/deliver/ports.ts';
import type { Variant } from './capacity/functions.ts';
import { PASSED, scenarioNamed } from './capacity/scenarios/index.ts';
import { simulate } from './capacity/simulate.ts';

const SEEDS = [1, 2];

describe('the capacity of the pipeline', () => {
  it.each(PASSED.quick)('suffices for %s', async (name) => {
    for (const seed of SEEDS)
      expect(
        (await simulate(scenarioNamed(name), seed)).breaches,
        `npm run simulate -- capacity --scenario ${name} --seed ${seed}`,
      ).toEqual([]);
  });

  it('measures the same with the same seed', async () => {
    const [first, second] = [
      await simulate(scenarioNamed('outage-short'), 7),
      await simulate(scenarioNamed('outage-short'), 7),
    ];
    expect(first).toEqual(second);
  });
});

describe('the simulation of capacity catches', () => {
  const breachesOf = async (name: string, deliver: (ports: DeliverPorts) => DeliverPorts) => {
    const variant: Variant = { deliver };
    return (await simulate(scenarioNamed(name), 1, { variant })).breaches;
  };

  it('an endpoint that is paused because of a few failures', async () => {
    const strict = (ports: DeliverPorts): DeliverPorts => ({
      ...ports,
      healthStore: {
        ...methodsOf(ports.healthStore),
        recordFailures: async (project, id, count, at) => {
          const run = await ports.healthStore.recordFailures(project, id, count, at);
          return run && { ...run, outages: 5 };
        },
      },
    });
    expect(await breachesOf('random-10-hourly', strict)).toContain('never paused');
  });

  it('deliveries that were held and are lost', async () => {
    const forgetful = (ports: DeliverPorts): DeliverPorts => ({
      ...ports,
      parked: { ...methodsOf(ports.parked), park: async () => {} },
    });
    expect(await breachesOf('outage-short', forgetful)).toContain('everything is delivered');
  });

  it('a write for each success', async () => {
    const diligent = (ports: DeliverPorts): DeliverPorts => ({
      ...ports,
      attemptLog: {
        ...methodsOf(ports.attemptLog),
        record: async (attempts) => {
          for (const { project, subscriptionId, at } of attempts)
            await ports.healthStore.recordSuccess(project, subscriptionId, at);
          await ports.attemptLog.record(attempts);
        },
      },
    });
    expect(await breachesOf('cost', diligent)).toContain(
      'three writes each: the event, the attempt and the traffic',
    );
  });
});

/** Return a port's methods: a port that a copy sees takes its time only if a method is read from it. */
function methodsOf<Port extends object>(port: Port): Port {
  return Object.fromEntries(Object.keys(port).map((name) => [name, Reflect.get(port, name)])) as Port;
}
