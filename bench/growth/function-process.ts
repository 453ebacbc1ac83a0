import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Asked {
  readonly event: unknown;
  /** How much later it is than at the invocation before. */
  readonly passedMs: number;
}

export type Told =
  | { readonly answer: unknown; readonly cpuMs: number; readonly peakKB: number }
  | { readonly failure: string };

export interface FunctionProcess {
  /** Answers what the function answered. @throws Error if it failed */
  invoke(event: unknown): Promise<unknown>;
  /** Lets time pass, so that what the function remembers is forgotten. */
  pass(ms: number): void;
  /** Milliseconds of the processor that the invocations since the last time took. */
  takeCpuMs(): number;
  /** The most memory that the process ever had, Node's own included. */
  peakMB(): number;
  readonly memoryMB: number;
  stop(): Promise<void>;
}

/** @param memoryMB of the Lambda function */
export async function startFunction(
  bundle: string,
  memoryMB: number,
  variables: Readonly<Record<string, string>>,
): Promise<FunctionProcess> {
  const child = fork(join(import.meta.dirname, 'measured-function.ts'), [bundle], {
    env: { ...process.env, ...variables },
    execArgv: heapLimits(memoryMB),
    // The function's log goes nowhere: writing it costs, reading it does not.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`The process of ${bundle} ended (${code}).`);
  });
  // Of no interest once it was stopped.
  died.catch(() => {});
  const answer = () => Promise.race([once(child, 'message').then(([message]) => message), died]);
  await answer();
  let passedMs = 0;
  let cpuMs = 0;
  let peakKB = 0;
  return {
    async invoke(event) {
      const answered = answer();
      child.send({ event, passedMs } satisfies Asked);
      passedMs = 0;
      const told: Told = await answered;
      if ('failure' in told) throw new Error(`${bundle} failed: ${told.failure}`);
      cpuMs += told.cpuMs;
      peakKB = told.peakKB;
      return told.answer;
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

/** As Lambda's runtime has them: a tenth of the memory for what is new, the rest for what stays. */
function heapLimits(memoryMB: number): string[] {
  const young = Math.floor(memoryMB / 10);
  return [`--max-semi-space-size=${Math.floor(young / 2)}`, `--max-old-space-size=${memoryMB - young}`];
}
