import { expect, it } from 'vitest';
import { CodeTurns } from '../../../../core/customer-code/code-turns.ts';

/** Wait for turns, each of which takes so many steps, and return the projects in the order of their turns. */
async function orderOf(turns: CodeTurns, waiting: readonly string[], steps = 10): Promise<string[]> {
  const order: string[] = [];
  await Promise.all(
    waiting.map(async (project) => {
      await turns.take(project);
      order.push(project);
      turns.allowanceOf(project).take(steps);
    }),
  );
  return order;
}

it('gives the next turn to the project that has used least', async () => {
  const waiting = ['noisy', 'noisy', 'noisy', 'quiet', 'other', 'quiet'];
  const order = ['noisy', 'quiet', 'other', 'noisy', 'quiet', 'noisy'];
  expect(await orderOf(new CodeTurns(1000), waiting)).toEqual(order);
});

it('lets the process do everything else between two turns', async () => {
  const turns = new CodeTurns(1000);
  const done: string[] = [];
  setImmediate(() => done.push('response read'));
  await Promise.all(
    ['first turn', 'second turn'].map(async (name) => {
      await turns.take('erp');
      done.push(name);
    }),
  );
  expect(done).toEqual(['first turn', 'response read', 'second turn']);
});

it('begins anew when nobody has waited for a while', async () => {
  const turns = new CodeTurns(1000);
  await turns.take('erp');
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(await orderOf(turns, ['erp'])).toEqual(['erp']);
});

it('has an allowance for each project', () => {
  const turns = new CodeTurns(100);
  turns.allowanceOf('noisy').take(100);
  expect(turns.allowanceOf('noisy').isSpent).toBe(true);
  expect(turns.allowanceOf('quiet').isSpent).toBe(false);
});
