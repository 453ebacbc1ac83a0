import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface InvocationRequest {
  readonly event: unknown;
  /** Time since the invocation before. */
  readonly passedMs: number;
}

export type InvocationResult =
  | { readonly response: unknown; readonly cpuMs: number; readonly peakKB: number }
  | { readonly failure: string };

export interface FunctionProcess {
  /** Invoke the function and return its response. @throws Error if it fails */
  invoke(event: unknown): Promise<unknown>;
  /** Advance the function's clock, so that its caches expire. */
  pass(ms: number): void;
  /** Return the CPU milliseconds of the invocations since the last call. */
  takeCpuMs(): number;
  /** Return the peak memory of the process, including Node's own. */
  peakMB(): number;
  readonly memoryMB: number;
  stop(): Promise<void>;
}

/** @param memoryMB memory of the Lambda function */
export async function startFunction(
  bundle: string,
  memoryMB: number,
  variables: Readonly<Record<string, string>>,
): Promise<FunctionProcess> {
  const child = fork(join(import.meta.dirname, 'measured-function.ts'), [bundle], {
    env: { ...process.env, ...variables },
    execArgv: heapLimits(memoryMB),
    // The function still pays for writing its log, but nobody reads it.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`The process of ${bundle} ended (${code}).`);
  });
  // The process also exits when it is stopped.
  died.catch(() => {});
  const nextMessage = () => Promise.race([once(child, 'message').then(([message]) => message), died]);
  await nextMessage();
  let passedMs = 0;
  let cpuMs = 0;
  let peakKB = 0;
  return {
    async invoke(event) {
      const message = nextMessage();
      child.send({ event, passedMs } satisfies InvocationRequest);
      passedMs = 0;
      const result: InvocationResult = await message;
      if ('failure' in result) throw new Error(`${bundle} failed: ${result.failure}`);
      cpuMs += result.cpuMs;
      peakKB = result.peakKB;
      return result.response;
    },
    pass(ms) {
      passedMs += ms;
    },
    takeCpuMs() {
      const taken = cpuMs;
      cpuMs = 0;
      return taken;
    },
    peakMB: () => peakKB / 1024,
    memoryMB,
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** Return the heap limits of Lambda's runtime: a tenth of the memory for the young generation, the rest for the old. */
function heapLimits(memoryMB: number): string[] {
  const young = Math.floor(memoryMB / 10);
  return [`--max-semi-space-size=${Math.floor(young / 2)}`, `--max-old-space-size=${memoryMB - young}`];
}
