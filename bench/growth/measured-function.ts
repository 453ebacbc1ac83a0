/** A function's bundle in a process of its own, as Lambda runs it: one invocation after the other. */
import type { Context } from 'aws-lambda';
import type { Asked, Told } from './function-process.ts';

const [bundle = ''] = process.argv.slice(2);

/** Of an invocation, which none of these comes near. */
const LEFT_MS = 300_000;
const context = { getRemainingTimeInMillis: () => LEFT_MS } as Context;

// What functions remember for so many seconds they would remember for more invocations on a quicker machine, and ask
// the table for it less often. So within a round no time passes.
let now = Date.now();
Date.now = () => now;

const { handler }: { handler: (event: unknown, context: Context) => Promise<unknown> } = await import(bundle);

process.on('message', async ({ event, passedMs }: Asked) => {
  now += passedMs;
  const before = process.cpuUsage();
  let told: Told;
  try {
    const answer = (await handler(event, context)) ?? null;
    const { user, system } = process.cpuUsage(before);
    told = { answer, cpuMs: (user + system) / 1000, peakKB: process.resourceUsage().maxRSS };
  } catch (error) {
    told = { failure: String(error) };
  }
  process.send?.(told);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
