import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { AnswerCache } from '../../../../core/adapters/http/answer-cache.ts';
import { HostNames } from '../../../../core/adapters/http/host-names.ts';
import type { Answer } from '../../../../core/adapters/http/resolve.ts';

const ADDRESS = { address: '93.184.216.34', family: 4 };

describe('the host names of an invocation', () => {
  let now = 0;
  let answers: AnswerCache;
  let names: HostNames;
  /** The look-ups that run, in the order in which they began. */
  let running: Map<string, (answer: Answer) => void>;
  /** What the askers were told. */
  let told: string[];
  beforeEach(() => {
    now = 0;
    running = new Map();
    told = [];
    answers = new AnswerCache(() => now);
    names = open();
  });

  const open = () =>
    new HostNames((hostname, signal) => {
      const { promise, resolve } = Promise.withResolvers<Answer>();
      running.set(hostname, resolve);
      signal.addEventListener('abort', () => resolve({ addresses: [], ttlSeconds: 0 }));
      return promise;
    }, answers);
  const find = (hostname: string, project = 'erp') =>
    names.find(project, hostname, {
      waits: () => told.push(`${hostname} waits`),
      begins: () => told.push(`${hostname} begins`),
      found: (addresses) => told.push(`${hostname} has ${addresses.length}`),
    });
  const answer = async (hostname: string, ttlSeconds = 0, addresses = [ADDRESS]) => {
    running.get(hostname)?.({ addresses, ttlSeconds });
    running.delete(hostname);
    await turn();
  };
  const occupy = (project = 'erp') => {
    for (let n = 0; n < 16; n++) find(`silent-${n}.${project}`, project);
  };

  it('are looked up once for all who ask for them', async () => {
    find('hook.example');
    find('hook.example');
    expect([...running.keys()]).toEqual(['hook.example']);
    await answer('hook.example');
    expect(told).toEqual(['hook.example has 1', 'hook.example has 1']);
  });

  it('are looked up sixteen at once, the others in turn', async () => {
    occupy();
    find('a.example');
    find('b.example');
    expect(running.size).toBe(16);
    expect(told).toEqual(['a.example waits', 'b.example waits']);
    await answer('silent-0.erp');
    expect(told).toEqual(['a.example waits', 'b.example waits', 'a.example begins', 'silent-0.erp has 1']);
    expect(running.has('b.example')).toBe(false);
  });

  it('do not wait for those of another project', () => {
    occupy('mallory');
    find('more.mallory', 'mallory');
    find('hook.example');
    expect(running.has('hook.example')).toBe(true);
    expect(told).toEqual(['more.mallory waits']);
  });

  it('are not looked up if nobody needs them any more', async () => {
    occupy();
    const giveUp = find('a.example');
    const giveUpOne = find('b.example');
    find('b.example');
    giveUp();
    giveUpOne();
    told = [];
    await answer('silent-0.erp');
    expect(told).toEqual(['b.example begins', 'silent-0.erp has 1']);
  });

  it.each([
    ['for their TTL', 20, 20],
    ['for five seconds at least', 0, 5],
    ['for a minute at most', 2 ** 31 - 1, 60],
  ])('are known %s', async (_, ttlSeconds, seconds) => {
    find('hook.example');
    await answer('hook.example', ttlSeconds);
    now = seconds * 1000 - 1;
    find('hook.example');
    expect(told).toHaveLength(1);
    await turn();
    expect(told).toHaveLength(2);
    expect(running.size).toBe(0);
    now = seconds * 1000;
    find('hook.example');
    expect(running.size).toBe(1);
  });

  it('are not asked for again for five seconds if they have no address', async () => {
    find('hook.example');
    await answer('hook.example', 0, []);
    now = 4999;
    find('hook.example');
    await turn();
    expect(told).toEqual(['hook.example has 0', 'hook.example has 0']);
    expect(running.size).toBe(0);
  });

  it('are known to later invocations, but to no other project', async () => {
    find('hook.example');
    await answer('hook.example');
    names = open();
    find('hook.example');
    expect(running.size).toBe(0);
    find('hook.example', 'mallory');
    expect(running.size).toBe(1);
  });

  it('are forgotten one by one if they are too many, first those of the project with the most', async () => {
    find('hook.example');
    await answer('hook.example', 60);
    const many = 10_000;
    for (let n = 0; n < many; n++)
      answers.set('mallory', `${n}.example`, { addresses: [ADDRESS], ttlSeconds: 60 });
    const known = Array.from({ length: many }, (_, n) => answers.get('mallory', `${n}.example`));
    expect(known.filter((each) => each !== null).length).toBeLessThan(many);
    expect(answers.get('erp', 'hook.example')).toEqual([ADDRESS]);
  });

  it('are neither found nor remembered after the end of the invocation', async () => {
    find('hook.example');
    names.close();
    await turn();
    expect(told).toEqual([]);
    expect(answers.get('erp', 'hook.example')).toBeNull();
  });
});
