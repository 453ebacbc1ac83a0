import { describe, expect, it } from 'vitest';
import { ByteBudget, type ByteShare } from '../../../../core/kernel/byte-budget.ts';

describe('a byte budget', () => {
  /** Take a share, and note its name when it is there. */
  const taker = (budget: ByteBudget) => {
    const taken: string[] = [];
    const take = (name: string, bytes: number): Promise<ByteShare> =>
      budget.take(bytes).then((share) => {
        taken.push(name);
        return share;
      });
    return { taken, take };
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('gives what it has, and lets the others wait in the order in which they came', async () => {
    const { taken, take } = taker(new ByteBudget(10));
    const first = await take('first', 6);
    const second = take('second', 6);
    const small = take('small', 1);
    await turn();
    expect(taken).toEqual(['first']);
    first.end();
    await Promise.all([second, small]);
    expect(taken).toEqual(['first', 'second', 'small']);
  });

  it('gets back what a task does not need', async () => {
    const { taken, take } = taker(new ByteBudget(10));
    const first = await take('first', 10);
    const second = take('second', 7);
    first.keep(4);
    await turn();
    expect(taken).toEqual(['first']);
    first.keep(3);
    await second;
    // A share never grows.
    first.keep(9);
    (await second).end();
    const third = take('third', 8);
    await turn();
    expect(taken).toEqual(['first', 'second']);
    first.end();
    (await third).end();
    (await take('all of it', 10)).end();
  });

  it('lets a task that needs more than there is run alone', async () => {
    const { taken, take } = taker(new ByteBudget(10));
    const small = await take('small', 1);
    const large = take('large', 1000);
    await turn();
    expect(taken).toEqual(['small']);
    small.end();
    (await large).end();
    (await take('next', 10)).end();
  });
});
