import { beforeEach, describe, expect, it } from 'vitest';
import { TooManyRequestsError } from '../../../../core/kernel/errors.ts';
import { withinTestLimits } from '../../../../core/preview/limit-tests.ts';
import { inMemoryLeases } from '../../../support/in-memory/leases.ts';
import { NOW } from '../../../support/records.ts';

describe('the limits of test requests', () => {
  let now = NOW;
  const clock = () => now;
  let leases = inMemoryLeases(clock);
  beforeEach(() => {
    now = NOW;
    leases = inMemoryLeases(clock);
  });

  const run = (project: string, id: string, test: () => Promise<unknown> = async () => 'sent') =>
    withinTestLimits({ leases, limits: { tests: 5 }, clock }, project, id, test);
  const tooMany = (retryAfterSeconds: number) =>
    expect.toSatisfy(
      (error) => error instanceof TooManyRequestsError && error.retryAfterSeconds === retryAfterSeconds,
    );

  /** Start tests that last until they are ended. */
  async function open(project: string, count: number) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const tests: Promise<unknown>[] = [];
    for (let number = 0; number < count; number++) {
      const started = Promise.withResolvers<void>();
      tests.push(
        run(project, `open ${number}`, () => {
          started.resolve();
          return promise;
        }),
      );
      await started.promise;
    }
    return {
      end: async () => {
        resolve();
        await Promise.all(tests);
      },
    };
  }

  it('allow one a second per subscription', async () => {
    await run('acme', 'a');
    now += 999;
    await expect(run('acme', 'a')).rejects.toEqual(tooMany(1));
    await expect(run('acme', 'b')).resolves.toBe('sent');
    now += 1;
    await expect(run('acme', 'a')).resolves.toBe('sent');
  });

  it('allow five at once per project, and leave other projects alone', async () => {
    const tests = await open('acme', 5);
    await expect(run('acme', 'sixth')).rejects.toEqual(tooMany(5));
    await expect(run('other', 'first')).resolves.toBe('sent');
    await tests.end();
    now += 1000;
    await expect(run('acme', 'sixth')).resolves.toBe('sent');
  });

  it('free the place of a test that throws', async () => {
    for (let number = 0; number < 6; number++) {
      const thrown = run('acme', `faulty ${number}`, () => Promise.reject(new Error('a fault')));
      await expect(thrown).rejects.toThrow('a fault');
    }
  });

  it('free the place of a function that died once no function can run any more', async () => {
    await open('acme', 5);
    now += 29_000;
    await expect(run('acme', 'next')).rejects.toEqual(tooMany(5));
    now += 1000;
    await expect(run('acme', 'next')).resolves.toBe('sent');
  });
});
