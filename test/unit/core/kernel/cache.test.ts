import { describe, expect, it } from 'vitest';
import { cached } from '../../../../core/kernel/cache.ts';

function open(options: { maxAgeMs?: number; maxEntries?: number } = {}) {
  const time = { now: 0 };
  const loads: string[] = [];
  const answer = { of: async (name: string): Promise<string | null> => `${name}@${time.now}` };
  const load = (name: string) => {
    loads.push(name);
    return answer.of(name);
  };
  return {
    time,
    loads,
    answer,
    look: cached(load, { maxAgeMs: 10, maxEntries: 3, clock: () => time.now, ...options }).get,
  };
}

describe('a cached look-up', () => {
  it('loads a key once until the entry is too old', async () => {
    const { time, loads, look } = open();
    await look('a');
    time.now = 9;
    expect(await look('a')).toBe('a@0');
    time.now = 10;
    expect(await look('a')).toBe('a@10');
    expect(loads).toEqual(['a', 'a']);
  });

  it('shares a load among simultaneous look-ups', async () => {
    const { loads, look } = open();
    expect(await Promise.all([look('a'), look('a'), look('b')])).toEqual(['a@0', 'a@0', 'b@0']);
    expect(loads).toEqual(['a', 'b']);
  });

  it('caches neither failures nor null', async () => {
    const { answer, look } = open();
    answer.of = async () => Promise.reject(new Error('throttled'));
    await expect(look('a')).rejects.toThrow('throttled');
    answer.of = async () => null;
    expect(await look('a')).toBeNull();
    answer.of = async () => 'there';
    expect(await look('a')).toBe('there');
  });

  it('keeps only the newest entries', async () => {
    const { loads, look } = open();
    for (const name of ['a', 'b', 'c', 'd', 'd', 'c', 'b', 'a']) await look(name);
    expect(loads).toEqual(['a', 'b', 'c', 'd', 'a']);
  });
});
