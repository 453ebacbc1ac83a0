import type { Random } from '../random.ts';
import type { BatchedTime } from './batched-time.ts';

/** What a function calls: how long a call takes, and whether it fails. */
export interface Service {
  /** Resolve when the call has reached the service; throw if it fails there. */
  reach(method: string, args: readonly unknown[]): Promise<void>;
}

/** The largest number of calls after which an invocation that dies does so. */
const MAX_CALLS = 20;

/**
 * One copy of a function. Its memory, such as a cache of subscriptions, outlives its invocations. A copy that dies takes its
 * invocation with it: a dead function never sees the result of its last call.
 */
export class FunctionCopy {
  readonly #time: BatchedTime;
  #isDead = false;
  /** The calls after which it dies. */
  #callsLeft = Number.POSITIVE_INFINITY;
  #die: () => void = () => {};

  constructor(time: BatchedTime) {
    this.#time = time;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Begin an invocation that dies with a probability. Return a promise of its death. */
  begin(random: Random, dies: number): Promise<null> {
    this.#callsLeft = random.chance(dies) ? 1 + random.integer(MAX_CALLS) : Number.POSITIVE_INFINITY;
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
          await service.reach(String(name), args);
          // The call happens even if the function does not live to see it.
          if (this.#isDead) return new Promise(() => {});
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

  /** Resolve after a time, unless the copy is dead by then. */
  async sleep(ms: number): Promise<void> {
    await this.#time.sleep(ms);
    await this.#live();
  }

  async #live(): Promise<void> {
    if (this.#isDead) await new Promise(() => {});
  }
}
