import { describe, expect, it } from 'vitest';
import type { DeliverPorts } from '../../core/deliver/ports.ts';
import type { FanOutPorts } from '../../core/fan-out/ports.ts';
import type { FlowState } from '../../core/model/flow-state.ts';
import type { WaitingDelivery } from '../../core/model/waiting-delivery.ts';
import { MAILBOX_PARTS } from '../../core/ports/mailbox.ts';
import type { PumpPorts } from '../../core/pump/ports.ts';
import type { SweepPorts } from '../../core/sweep/sweep.ts';
import { NOW } from '../support/records.ts';
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
  const breachesOf = async (name: string, variant: Variant) =>
    (await simulate(scenarioNamed(name), 1, { variant })).breaches;

  it('an endpoint that is paused by a run of failures, whatever succeeds in between', async () => {
    const blind = <Ports extends Pick<DeliverPorts, 'flows'>>(ports: Ports): Ports => ({
      ...ports,
      flows: {
        ...methodsOf(ports.flows),
        change: (project: string, id: string, change: (state: FlowState) => FlowState) =>
          ports.flows.change(project, id, (state) => {
            const next = change(state);
            const run = Math.max(state.run, next.run);
            const runSince = state.runSince ?? next.runSince;
            return { ...next, run, runSince, runUntil: next.runUntil ?? state.runUntil };
          }),
      },
    });
    expect(await breachesOf('one-type-failing-hourly', { deliver: blind, pump: blind })).toContain(
      'never paused',
    );
  });

  it('deliveries that wait and are lost', async () => {
    const forgetful = (ports: DeliverPorts): DeliverPorts => ({
      ...ports,
      mailbox: { ...methodsOf(ports.mailbox), write: async () => {} },
    });
    expect(await breachesOf('outage-short', { deliver: forgetful })).toContain('everything is delivered');
  });

  it('a missing call of the pump', async () => {
    const silent = (ports: DeliverPorts): DeliverPorts => ({
      ...ports,
      pumpsQueue: { send: async () => new Set() },
    });
    expect(await breachesOf('too-many-requests', { deliver: silent })).toContain(
      'within 1.5 × of the ideal time',
    );
  });

  it('a wide event that begins anew after each death', async () => {
    const forgetful = (ports: FanOutPorts): FanOutPorts => ({
      ...ports,
      positions: { get: async () => null, move: async () => true },
    });
    expect(await breachesOf('wide-event-dying-late', { fanOut: forgetful })).toContain(
      'at most 1.05 copies per delivery',
    );
  });

  it('two deliveries of an ordering key at a time', async () => {
    const TWIN = ' (twin)';
    const hasty = (ports: PumpPorts): PumpPorts => {
      const { marks, queue, ...others } = methodsOf(ports.mailbox);
      return {
        ...ports,
        mailbox: {
          ...others,
          /** Each key has a twin, whose first delivery is the second one of the key. */
          async marks(...given) {
            const { items, cursor } = await marks(...given);
            return { items: items.flatMap((mark) => [mark, { ...mark, key: mark.key + TWIN }]), cursor };
          },
          async queue(id, key, page) {
            if (!key.endsWith(TWIN)) return queue(id, key, page);
            const { items } = await queue(id, key.slice(0, -TWIN.length), { limit: 2, cursor: null });
            return { items: items.slice(1), cursor: null };
          },
        },
      };
    };
    expect(await breachesOf('strict-order', { pump: hasty })).toEqual(
      expect.arrayContaining([
        'nothing begins before what was published before it has ended',
        'one request at a time for each key',
      ]),
    );
  });

  it('an ordering key whose deliveries are sent as they arrive', async () => {
    const unsettled = (ports: DeliverPorts): DeliverPorts => {
      const { write, ...others } = methodsOf(ports.mailbox);
      let arrived = 0;
      const inArrival = (entry: WaitingDelivery): WaitingDelivery =>
        entry.ordered === undefined
          ? entry
          : { ...entry, dueAt: NOW, ordered: { ...entry.ordered, order: ++arrived } };
      return {
        ...ports,
        mailbox: { ...others, write: (put, remove) => write(put.map(inArrival), remove) },
      };
    };
    expect(await breachesOf('strict-order', { deliver: unsettled })).toContain(
      'nothing begins before what was published before it has ended',
    );
  });

  it('the old probe: with the oldest delivery alone, which a failure leaves at the head', async () => {
    const PARTS = Array.from({ length: MAILBOX_PARTS }, (_, part) => part);
    const old = (ports: PumpPorts): PumpPorts => ({
      ...ports,
      mailbox: {
        ...methodsOf(ports.mailbox),
        /** The few that a probe reads without an end are the oldest one. */
        async read(id, part, range) {
          if (range.until !== null || range.limit > 3) return ports.mailbox.read(id, part, range);
          const one = { after: null, until: null, limit: 1 };
          const pages = await Promise.all(PARTS.map((each) => ports.mailbox.read(id, each, one)));
          const [oldest] = pages.flatMap(({ items }) => items).sort((a, b) => a.dueAt - b.dueAt);
          const isHere = oldest !== undefined && pages[part]?.items.includes(oldest);
          return { items: isHere ? [oldest] : [], cursor: null };
        },
      },
    });
    expect(await breachesOf('outage-poison', { pump: old })).toContain('first success at most 144 s after');
  });

  it('probes that consume attempts', async () => {
    const failed = new Map<string, number>();
    const consuming = (ports: PumpPorts): PumpPorts => ({
      ...ports,
      senders: {
        open: (...given) => {
          const sender = ports.senders.open(...given);
          return {
            ...sender,
            async send(request, about) {
              const result = await sender.send(request, about);
              if (!('response' in result)) failed.set(about.eventId, about.number);
              return result;
            },
          };
        },
      },
      mailbox: {
        ...methodsOf(ports.mailbox),
        async read(...range) {
          const page = await ports.mailbox.read(...range);
          const items = page.items.map((entry) => ({
            ...entry,
            number: Math.max(entry.number, (failed.get(entry.eventId) ?? 0) + 1),
          }));
          return { ...page, items };
        },
      },
    });
    expect(await breachesOf('outage-minutes', { pump: consuming })).toContain(
      'it consumed at most two attempts of a delivery',
    );
  });

  it('a write for each success', async () => {
    const diligent = (ports: DeliverPorts): DeliverPorts => ({
      ...ports,
      attemptLog: {
        ...methodsOf(ports.attemptLog),
        record: async (attempts) => {
          for (const { project, subscriptionId } of attempts)
            await ports.flows.change(project, subscriptionId, (state) => state);
          return ports.attemptLog.record(attempts);
        },
      },
    });
    expect(await breachesOf('cost', { deliver: diligent })).toContain(
      'four writes each: the event, the attempt, the traffic and the digest of attempts',
    );
  });

  it('a sweeper that infers its end from a page of which another sweep has everything', async () => {
    const inferring = (ports: SweepPorts): SweepPorts => {
      const { due, callPump, ...others } = methodsOf(ports.dueWork);
      const shardOf = new Map<string, number>();
      /** The shards of which the last page had something for this sweep. */
      const unfinished = new Set<number>();
      return {
        ...ports,
        dueWork: {
          ...others,
          async due(shard, until, page) {
            if (page.cursor !== null && !unfinished.delete(shard)) return { items: [], cursor: null };
            const found = await due(shard, until, page);
            for (const { key } of found.items) shardOf.set(key, shard);
            return found;
          },
          async callPump(entry, now) {
            const called = await callPump(entry, now);
            if (called !== null) unfinished.add(shardOf.get(entry.key) as number);
            return called;
          },
        },
      };
    };
    expect(await breachesOf('due-behind', { sweep: inferring })).toContain(
      "another project's retry is at most 30 s late",
    );
  });

  it('what version 0.1 left in the table, if nobody reads its claims', async () => {
    const forgetful = (ports: DeliverPorts): DeliverPorts => ({
      ...ports,
      dueWork: { ...methodsOf(ports.dueWork), claimed: async () => null },
    });
    expect(await breachesOf('versions-side-by-side', { deliver: forgetful })).toContain(
      'everything is delivered',
    );
  });

  it('a breaker of version 0.1 that is removed while copies of it hold more', async () => {
    const hasty = (ports: DeliverPorts): DeliverPorts => {
      const { complete, ...others } = methodsOf(ports.dueWork);
      const claim: typeof others.claim = async ({ key, dueAt }) => {
        await complete({ key, lease: dueAt });
        return null;
      };
      return { ...ports, dueWork: { ...others, complete, claim } };
    };
    expect(await breachesOf('versions-side-by-side', { deliver: hasty })).toContain(
      'within an hour of the recovery',
    );
  });

  it('two pumps of a mailbox at once', async () => {
    const waking = <Ports extends Pick<DeliverPorts, 'flows'>>(ports: Ports): Ports => ({
      ...ports,
      flows: { ...methodsOf(ports.flows), wake: async () => true },
    });
    const unleased = (ports: PumpPorts): PumpPorts => {
      const { get, take, ...others } = methodsOf(ports.flows);
      return waking({
        ...ports,
        flows: {
          ...others,
          get,
          take: async (lease, until) => (await take(lease, until)) ?? get(lease.subscriptionId),
          renew: async () => true,
        },
      });
    };
    expect(await breachesOf('versions-side-by-side', { deliver: waking, pump: unleased })).toContain(
      'no delivery is sent by two at once',
    );
  });

  it('a batch that dies together again and again', async () => {
    const whole: Variant['receive'] = async (_, messages, handle) =>
      (await handle(messages)).map(({ id }) => id);
    expect(await breachesOf('crasher', { receive: whole })).toContain('it alone is dead-lettered');
  });
});

/** Return a port's methods: a port that a copy sees takes its time only if a method is read from it. */
function methodsOf<Port extends object>(port: Port): Port {
  return Object.fromEntries(Object.keys(port).map((name) => [name, Reflect.get(port, name)])) as Port;
}
