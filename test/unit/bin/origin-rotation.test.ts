import { describe, expect, it } from 'vitest';
import { type OriginRotationPorts, rotateOriginSecret } from '../../../bin/admin/origin-rotation.ts';
import { isOriginValue, type OriginSecret } from '../../../core/model/origin-secret.ts';

class Crash extends Error {}

/**
 * A stage whose functions know the secret as of the last wait at the earliest, and whose edges send any value between the last
 * deployed one and the latest. Each step checks that no function would refuse what any edge may send.
 */
function stage(secret: OriginSecret = { current: 'one' }, sent = secret.current) {
  let stored = secret;
  /** Functions may know any of these. */
  let known = [secret];
  /** Edges may send any of these. */
  let edges = [sent];
  let configured = sent;
  const steps: string[] = [];
  let crashAfter = Number.POSITIVE_INFINITY;
  const refusals: string[] = [];
  const step = (name: string) => {
    for (const value of edges)
      if (!known.every((one) => isOriginValue(value, one))) refusals.push(`${name}: ${value}`);
    steps.push(name);
    if (steps.length >= crashAfter) throw new Crash(name);
  };
  const ports: OriginRotationPorts = {
    secret: {
      read: async () => stored,
      async write(next) {
        stored = next;
        known.push(next);
        step(`write ${Object.keys(next).join(' ')}`);
      },
    },
    distribution: {
      value: async () => configured,
      async send(value) {
        configured = value;
        edges.push(value);
        step('send');
      },
      async deployed() {
        edges = [configured];
        step('deployed');
      },
    },
    async wait(ms) {
      expect(ms).toBeGreaterThan(60_000);
      known = [stored];
      step('wait');
    },
    report: () => {},
  };
  return {
    ports,
    steps,
    refusals,
    secret: () => stored,
    configured: () => configured,
    /** A deployment that changes the distribution sets the current value. */
    deploy(value = stored.current) {
      configured = value;
      edges.push(value);
    },
    crashAfter: (count: number) => {
      crashAfter = steps.length + count;
    },
  };
}

describe('a rotation of the origin secret', () => {
  it('adds a value, waits for the functions, propagates it and removes the former one', async () => {
    const { ports, steps, refusals, secret, configured } = stage();
    await rotateOriginSecret(ports);
    expect(steps).toEqual([
      'write current next',
      'wait',
      'write current previous',
      'send',
      'deployed',
      'write current',
    ]);
    expect(secret()).toEqual({ current: configured() });
    expect(configured()).toMatch(/^[\w-]{43}$/);
    expect(refusals).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6])('is finished by the next run after a crash at step %i', async (at) => {
    const { ports, crashAfter, secret, configured, refusals } = stage();
    crashAfter(at);
    await expect(rotateOriginSecret(ports)).rejects.toThrow(Crash);
    const { next, previous, current } = secret();
    const added = next ?? current;
    crashAfter(Number.POSITIVE_INFINITY);
    await rotateOriginSecret(ports);
    expect(secret()).toEqual({ current: configured() });
    // A run that had removed the value already begins anew.
    if (at < 6) expect(configured()).toBe(added);
    else expect([next, previous]).toEqual([undefined, undefined]);
    expect(refusals).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6])('keeps the stage working if it is deployed after step %i', async (at) => {
    const { ports, crashAfter, deploy, secret, configured, refusals } = stage();
    crashAfter(at);
    await expect(rotateOriginSecret(ports)).rejects.toThrow(Crash);
    deploy();
    crashAfter(Number.POSITIVE_INFINITY);
    await rotateOriginSecret(ports);
    expect(secret()).toEqual({ current: configured() });
    expect(refusals).toEqual([]);
  });

  it('removes nothing while a deployment that began before sets the former value', async () => {
    const { ports, deploy, steps, refusals, secret, configured } = stage();
    let late = true;
    const deployed = ports.distribution.deployed;
    const distribution = {
      ...ports.distribution,
      async deployed() {
        await deployed();
        if (late) deploy('one');
        late = false;
      },
    };
    await rotateOriginSecret({ ...ports, distribution });
    expect(steps.slice(3)).toEqual(['send', 'deployed', 'send', 'deployed', 'write current']);
    expect(secret()).toEqual({ current: configured() });
    expect(refusals).toEqual([]);
  });

  it('repairs a distribution that sends no valid value first', async () => {
    const { ports, steps, secret, configured } = stage({ current: 'one' }, 'other');
    await rotateOriginSecret(ports);
    expect(steps.slice(0, 3)).toEqual(['send', 'deployed', 'write current next']);
    expect(secret()).toEqual({ current: configured() });
  });
});
