import type { Random } from '../random.ts';
import type { BatchedTime } from './batched-time.ts';

/** A service that functions call, such as DynamoDB. */
export interface Service {
  /** Return what a call takes, and whether it fails then, without having had an effect. */
  call(method: string, args: readonly unknown[]): Call;
}

export interface Call {
  /** The time that the call takes of a whole CPU, which a function of 1,769 MB has. */
  readonly cpuMs: number;
  readonly latencyMs: number;
  readonly fails?: boolean;
}

/** The memory with which a function has a CPU to itself. */
const CPU_MB = 1769;

/**
 * One copy of a function. Its memory, such as a cache of subscriptions, outlives its invocations. A copy that dies takes its
 * invocation with it: a dead function never sees the result of its last call.
 */
export class FunctionCopy {
  readonly #time: BatchedTime;
  readonly #slowness: number;
  #cpuFreeAt = 0;
  #isDead = false;
  /** The calls after which it dies. */
  #callsLeft = Number.POSITIVE_INFINITY;
  #die: () => void = () => {};

  constructor(time: BatchedTime, memoryMb: number) {
    this.#time = time;
    this.#slowness = CPU_MB / memoryMb;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Begin an invocation that dies with a probability, after so many calls at most. Return a promise of its death. */
  begin(random: Random, dies: number, mostCalls: number): Promise<null> {
    this.#callsLeft = random.chance(dies) ? 1 + random.integer(mostCalls) : Number.POSITIVE_INFINITY;
    return new Promise((resolve) => {
      this.#die = () => resolve(null);
    });
  }

  /** End the invocation. One that had to die and made too few calls dies now, before its messages are deleted. */
  end(): void {
    if (Number.isFinite(this.#callsLeft)) this.kill();
  }

  kill(): void {
    this.#isDead = true;
    this.#die();
  }

  /** Return a port as this copy sees it. */
  through<Port extends object>(port: Port, service: Service): Port {
    const methods = new Map<PropertyKey, unknown>();
    return new Proxy(port, {
      get: (target, name) => {
        const known = methods.get(name);
        if (known !== undefined) return known;
        const method = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        const call = async (...args: unknown[]) => {
          await this.#live();
          const { cpuMs, latencyMs, fails } = service.call(String(name), args);
          await this.#time.sleep(this.#compute(cpuMs) + latencyMs);
          await this.#live();
          if (fails) throw new Error(`${String(name)} failed`);
          const answer = await method.apply(target, args);
          if (--this.#callsLeft <= 0) this.kill();
          await this.#live();
          return answer;
        };
        methods.set(name, call);
        return call;
      },
    });
  }

  /** Use the CPU, which does one thing after the other. Return how long that takes from now. */
  #compute(ms: number): number {
    const { now } = this.#time;
    this.#cpuFreeAt = Math.max(now, this.#cpuFreeAt) + ms * this.#slowness;
    return this.#cpuFreeAt - now;
  }

  async #live(): Promise<void> {
    if (this.#isDead) await new Promise(() => {});
  }
}
