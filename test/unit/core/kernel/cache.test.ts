import { describe, expect, it } from 'vitest';
import { Cache, cached } from '../../../../core/kernel/cache.ts';
import { memoryOf } from '../../../../core/kernel/memory.ts';

describe('a cache that projects share', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);

  function open(maxBytes = 100) {
    const cache = new Cache<string>(maxBytes);
    return {
      cache,
      put: (owner: string, name: string, bytes = 10) => cache.set(owner, name, name, bytes),
      keptOf: (owner: string) => names(1000).filter((name) => cache.get(owner, name) !== undefined),
    };
  }

  it('is one project’s as long as nobody else needs it', () => {
    const { put, keptOf } = open();
    for (const name of names(10)) put('noisy', name);
    expect(keptOf('noisy')).toEqual(names(10));
  });

  it('lets no project drive out what the others use', () => {
    const { put, keptOf } = open();
    put('quiet', '0');
    put('other', '0');
    for (const name of names(500)) put('noisy', name);
    expect(keptOf('quiet')).toEqual(['0']);
    expect(keptOf('other')).toEqual(['0']);
    expect(keptOf('noisy')).toEqual(names(500).slice(-8));
  });

  it('takes room for a new project from the largest, which keeps what it used last', () => {
    const { put, keptOf } = open();
    for (const name of names(4)) put('second', name);
    for (const name of names(6)) put('largest', name);
    put('new', '0');
    expect(keptOf('largest')).toEqual(names(6).slice(1));
    expect(keptOf('second')).toEqual(names(4));
  });

  it('drops what was not used for longest while every project has its share at most', () => {
    const { cache, put, keptOf } = open();
    for (const owner of ['a', 'b', 'c', 'd', 'e']) for (const name of names(2)) put(owner, name);
    cache.get('a', '0');
    put('f', '0');
    expect(keptOf('a')).toEqual(['0']);
    expect(keptOf('b')).toEqual(['0', '1']);
  });

  it('has one value for a name, and counts its memory once', () => {
    const { put, keptOf, cache } = open();
    for (const bytes of [90, 80, 70]) put('erp', '0', bytes);
    put('erp', '1', 30);
    expect(keptOf('erp')).toEqual(['0', '1']);
    cache.delete('erp', '1');
    put('erp', '2', 30);
    expect(keptOf('erp')).toEqual(['0', '2']);
  });

  it('does not keep what is larger than itself, and stays usable', () => {
    const { put, keptOf } = open();
    put('erp', '0', 101);
    put('erp', '1');
    expect(keptOf('erp')).toEqual(['1']);
  });
});

describe('a cached look-up', () => {
  function open(options: { maxBytes?: number } = {}) {
    const time = { now: 0 };
    const loads: string[] = [];
    const answer = { of: async (name: string): Promise<string | null> => `${name}@${time.now}` };
    const load = (name: string) => {
      loads.push(name);
      return answer.of(name);
    };
    const { get, forget } = cached(load, {
      maxAgeMs: 10,
      maxBytes: 10_000,
      clock: () => time.now,
      sizeOf: () => 100,
      ...options,
    });
    return { time, loads, answer, look: get, forget };
  }

  it('loads a key once until the entry is too old', async () => {
    const { time, loads, look } = open();
    await look('a');
    time.now = 9;
    expect(await look('a')).toBe('a@0');
    time.now = 10;
    expect(await look('a')).toBe('a@10');
    expect(loads).toEqual(['a', 'a']);
  });

  it('counts the age from when the load began', async () => {
    const { time, answer, look } = open();
    const loaded = Promise.withResolvers<string>();
    answer.of = () => loaded.promise;
    const first = look('a');
    time.now = 9;
    loaded.resolve('old');
    await first;
    time.now = 10;
    answer.of = async () => 'new';
    expect(await look('a')).toBe('new');
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

  it('loads again what was forgotten, and does not cache a load that was under way then', async () => {
    const { answer, look, forget } = open();
    const loaded = Promise.withResolvers<string>();
    answer.of = () => loaded.promise;
    const first = look('a');
    forget('a');
    answer.of = async () => 'new';
    expect(await look('a')).toBe('new');
    loaded.resolve('old');
    expect(await first).toBe('old');
    expect(await look('a')).toBe('new');
    forget('a');
    answer.of = async () => 'newest';
    expect(await look('a')).toBe('newest');
  });

  it('keeps as many values as fit, with their keys', async () => {
    const entry = 100 + memoryOf('["a"]');
    const { loads, look } = open({ maxBytes: 3 * entry });
    for (const name of ['a', 'b', 'c', 'd', 'd', 'c', 'b', 'a']) await look(name);
    expect(loads).toEqual(['a', 'b', 'c', 'd', 'a']);
  });
});
