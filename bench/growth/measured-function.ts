/** A function's bundle in a process of its own, as Lambda runs it: one invocation after the other. */
import { existsSync, readFileSync } from 'node:fs';
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

const STATUS = '/proc/self/status';

/** Linux's `maxRSS` begins with that of the process that started this one. */
const peakKB = (): number =>
  existsSync(STATUS)
    ? Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(STATUS, 'utf8'))?.[1])
    : process.resourceUsage().maxRSS;

process.on('message', async ({ event, passedMs }: Asked) => {
  now += passedMs;
  const before = process.cpuUsage();
  let told: Told;
  try {
    const answer = (await handler(event, context)) ?? null;
    const { user, system } = process.cpuUsage(before);
    told = { answer, cpuMs: (user + system) / 1000, peakKB: peakKB() };
  } catch (error) {
    told = { failure: String(error) };
  }
  process.send?.(told);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
