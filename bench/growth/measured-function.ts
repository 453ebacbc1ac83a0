/** Runs a function's bundle in this process as Lambda does: one invocation after another. */
import { existsSync, readFileSync } from 'node:fs';
import type { Context } from 'aws-lambda';
import type { InvocationRequest, InvocationResult } from './function-process.ts';

const [bundle = ''] = process.argv.slice(2);

/** Remaining time of an invocation, far more than any of these takes. */
const REMAINING_MS = 300_000;
const context = { getRemainingTimeInMillis: () => REMAINING_MS } as Context;

// Stop the clock within a round: otherwise caches would serve more invocations on a faster machine, and the number of
// requests to the table would depend on its speed.
let now = Date.now();
Date.now = () => now;

const { handler }: { handler: (event: unknown, context: Context) => Promise<unknown> } = await import(bundle);

const STATUS = '/proc/self/status';

/** Return the peak memory. On Linux, read /proc, because `maxRSS` starts with the value of the parent process. */
const peakKB = (): number =>
  existsSync(STATUS)
    ? Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(STATUS, 'utf8'))?.[1])
    : process.resourceUsage().maxRSS;

process.on('message', async ({ event, passedMs }: InvocationRequest) => {
  now += passedMs;
  const before = process.cpuUsage();
  let result: InvocationResult;
  try {
    const response = (await handler(event, context)) ?? null;
    const { user, system } = process.cpuUsage(before);
    result = { response, cpuMs: (user + system) / 1000, peakKB: peakKB() };
  } catch (error) {
    result = { failure: String(error) };
  }
  process.send?.(result);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
