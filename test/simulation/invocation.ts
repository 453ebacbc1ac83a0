import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface Faults {
  /** The probability that a function dies at a step: its last call may have happened, and nothing follows. */
  readonly crash: number;
  /** The probability that a call fails without having had an effect. */
  readonly throttle: number;
}

/**
 * One invocation of a function. Each call of a port takes time, may fail, and may be the function's last: a crash leaves the
 * call's promise pending forever, because a dead function never sees the result.
 */
export class Invocation {
  #dead = false;
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #faults: Faults;

  constructor(time: VirtualTime, random: Random, faults: Faults) {
    this.#time = time;
    this.#random = random;
    this.#faults = faults;
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** Return the port as this invocation sees it. The named methods may be throttled. */
  through<Port extends object>(port: Port, throttled: readonly (keyof Port)[] = []): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const method = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) =>
          this.#call(() => method.apply(target, args), throttled.includes(name as keyof Port));
      },
    });
  }

  async #call(call: () => unknown, mayBeThrottled: boolean): Promise<unknown> {
    await this.#step();
    if (mayBeThrottled && this.#random.chance(this.#faults.throttle)) throw new Error('throttled');
    const answer = await call();
    await this.#step();
    return answer;
  }

  async #step(): Promise<void> {
    if (this.#random.chance(this.#faults.crash)) this.#dead = true;
    if (this.#dead) await new Promise(() => {});
    await this.#time.sleep(1 + this.#random.integer(20));
    if (this.#dead) await new Promise(() => {});
  }
}
