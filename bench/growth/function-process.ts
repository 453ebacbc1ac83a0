import { startChild } from '../measured-child.ts';

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
  const child = await startChild<InvocationRequest, InvocationResult>('growth/measured-function.ts', {
    args: [bundle],
    env: variables,
    execArgv: heapLimits(memoryMB),
  });
  let passedMs = 0;
  let cpuMs = 0;
  let peakKB = 0;
  return {
    async invoke(event) {
      const asked = child.ask({ event, passedMs });
      passedMs = 0;
      const result = await asked;
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
    stop: child.stop,
  };
}

/** Return the heap limits of Lambda's runtime: a tenth of the memory for the young generation, the rest for the old. */
function heapLimits(memoryMB: number): string[] {
  const young = Math.floor(memoryMB / 10);
  return [`--max-semi-space-size=${Math.floor(young / 2)}`, `--max-old-space-size=${memoryMB - young}`];
}
