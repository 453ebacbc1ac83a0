import { describe, expect, it } from 'vitest';
import { runSteps, runToTheEnd, Skipped, type Step } from '../../../bin/live/steps.ts';

const passes = (name: string, needs: readonly string[] = []): Step => ({
  ...{ name, needs },
  run: async () => ({ detail: `did ${name}` }),
});
const fails = (name: string, needs: readonly string[] = []): Step => ({
  ...{ name, needs },
  run: () => Promise.reject(new Error(`broken ${name}`)),
});
const surroundings = (given: Partial<Parameters<typeof runSteps>[1]> = {}) => ({
  ...{ cannot: {}, signal: new AbortController().signal, tell: () => {} },
  ...given,
});
const resultsOf = (results: Awaited<ReturnType<typeof runSteps>>) =>
  Object.fromEntries(results.map(({ name, result }) => [name, result]));

describe('the steps of a live run', () => {
  it('run one after another, in their order', async () => {
    const events: string[] = [];
    const slow = (name: string): Step => ({
      ...{ name, needs: [] },
      async run() {
        events.push(`${name} begins`);
        await new Promise((later) => setImmediate(later));
        events.push(`${name} ends`);
        return { detail: '' };
      },
    });
    await runSteps([slow('one'), slow('two')], surroundings());
    expect(events).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  });

  it('are skipped, with the reason, if one that they need has failed or been skipped', async () => {
    const steps = [fails('deploy'), passes('smoke', ['deploy']), passes('load', ['smoke']), passes('other')];
    const results = await runSteps(steps, surroundings());
    expect(resultsOf(results)).toEqual({
      ...{ deploy: 'failed', smoke: 'skipped', load: 'skipped', other: 'passed' },
    });
    expect(results[0]?.detail).toContain('broken deploy');
    expect(results[1]?.detail).toBe('needs deploy');
    expect(results[2]?.detail).toBe('needs smoke');
  });

  it('are skipped, and not passed, if the place cannot do them or they have nothing to do', async () => {
    const nothing: Step = {
      name: 'domain',
      needs: [],
      run: () => Promise.reject(new Skipped('no --domain')),
    };
    const results = await runSteps(
      [fails('console'), nothing],
      surroundings({ cannot: { console: 'there is no CloudFront' } }),
    );
    expect(results.map(({ result, detail }) => [result, detail])).toEqual([
      ['skipped', 'there is no CloudFront'],
      ['skipped', 'no --domain'],
    ]);
  });

  it('end with an interruption: the running one has failed, and the others are skipped', async () => {
    const controller = new AbortController();
    const interrupted: Step = {
      ...{ name: 'deploy', needs: [] },
      run() {
        controller.abort();
        return Promise.reject(new Error('killed'));
      },
    };
    const results = await runSteps(
      [interrupted, passes('other')],
      surroundings({ signal: controller.signal }),
    );
    expect(results).toMatchObject([
      { name: 'deploy', result: 'failed', detail: 'interrupted' },
      { name: 'other', result: 'skipped', detail: 'interrupted' },
    ]);
  });
});

describe('the removal', () => {
  it.each(['passed', 'failed'])('follows steps that have %s', async (outcome) => {
    const first = outcome === 'passed' ? passes('deploy') : fails('deploy');
    const results = await runToTheEnd(
      [first, passes('smoke', ['deploy'])],
      [passes('remove')],
      surroundings(),
    );
    expect(resultsOf(results)).toMatchObject({ deploy: outcome, remove: 'passed' });
    expect(results.at(-1)?.name).toBe('remove');
  });

  it('follows an interruption', async () => {
    const signal = AbortSignal.abort();
    const results = await runToTheEnd([passes('deploy')], [passes('remove')], surroundings({ signal }));
    expect(resultsOf(results)).toEqual({ deploy: 'skipped', remove: 'passed' });
  });

  it('follows what no step has expected, which is thrown then', async () => {
    const removed: string[] = [];
    const remove: Step = { ...passes('remove'), run: async () => ({ detail: `${removed.push('all')}` }) };
    const told: string[] = [];
    const tell = (text: string) => {
      if (told.push(text) === 1) throw new Error('EPIPE');
    };
    await expect(runToTheEnd([passes('deploy')], [remove], surroundings({ tell }))).rejects.toThrow('EPIPE');
    expect(removed).toEqual(['all']);
  });
});
