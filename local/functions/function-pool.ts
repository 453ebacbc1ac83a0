import { FunctionError, type FunctionInstance } from './function-instance.ts';

const REPLACED = 'The instance was replaced';
const IDLE = 'The instance was idle';

/** How long instances may be idle. Lambda keeps all of them for minutes, but this machine has less memory. */
export interface IdleLimits {
  readonly spareMs: number;
  /** For the last instance of a function: whoever tries something again should not wait for another start. */
  readonly lastMs: number;
}

const IDLE_LIMITS: IdleLimits = { spareMs: 10_000, lastMs: 300_000 };

/**
 * The instances of one function. The pool creates them on demand up to a maximum, and ends those that are idle. Further invocations
 * wait, whereas Lambda would throttle them.
 */
export class FunctionPool {
  readonly #ceiling: number;
  readonly #create: () => FunctionInstance;
  readonly #limits: IdleLimits;
  readonly #all = new Set<FunctionInstance>();
  /** The last one is used next, so that those at the beginning may end. */
  readonly #idle: FunctionInstance[] = [];
  readonly #timers = new WeakMap<FunctionInstance, NodeJS.Timeout>();
  readonly #replaced = new WeakSet<FunctionInstance>();
  readonly #waiting: PromiseWithResolvers<FunctionInstance>[] = [];
  #stopped: string | undefined;

  constructor(ceiling: number, create: () => FunctionInstance, idle = IDLE_LIMITS) {
    this.#ceiling = ceiling;
    this.#create = create;
    this.#limits = idle;
  }

  get size(): number {
    return this.#all.size;
  }

  /** Invoke the function with an event as JSON text, and return the result as JSON text. */
  async invoke(event: string): Promise<string | undefined> {
    const worker = await this.#acquire();
    try {
      return await worker.invoke(event);
    } finally {
      this.#release(worker);
    }
  }

  /** Start an instance if there is none, before anything invokes it. */
  warm(): void {
    this.#dropDead();
    if (this.#stopped === undefined && this.#all.size === 0) this.#rest(this.#add());
  }

  /** Terminate all instances and return their number. */
  async terminate(reason: string): Promise<number> {
    const workers = [...this.#all];
    const alive = workers.filter((worker) => !worker.dead).length;
    await Promise.all(workers.map((worker) => worker.terminate(reason)));
    return alive;
  }

  /**
   * Replace all instances, as a deployment does: an instance that runs finishes its invocation, and later invocations get others.
   * Resolve when the former ones have ended.
   */
  async replace(): Promise<void> {
    const workers = [...this.#all];
    for (const worker of workers) this.#replaced.add(worker);
    for (const worker of this.#idle.splice(0)) void worker.terminate(REPLACED);
    await Promise.all(workers.map((worker) => worker.ended));
  }

  /** Terminate all instances permanently: waiting and later invocations fail with the reason. */
  async stop(reason: string): Promise<void> {
    this.#stopped = reason;
    for (const { reject } of this.#waiting.splice(0)) reject(new FunctionError('Stopped', reason));
    await this.terminate(reason);
  }

  #acquire(): FunctionInstance | Promise<FunctionInstance> {
    if (this.#stopped !== undefined) throw new FunctionError('Stopped', this.#stopped);
    this.#dropDead();
    const worker = this.#idle.pop() ?? (this.#all.size < this.#ceiling ? this.#add() : undefined);
    if (worker !== undefined) {
      clearTimeout(this.#timers.get(worker));
      return worker;
    }
    const turn = Promise.withResolvers<FunctionInstance>();
    this.#waiting.push(turn);
    return turn.promise;
  }

  #release(worker: FunctionInstance): void {
    if (this.#replaced.has(worker)) void worker.terminate(REPLACED);
    const next = this.#waiting.shift();
    if (next === undefined) {
      if (!worker.dead) this.#rest(worker);
      return;
    }
    this.#dropDead();
    next.resolve(worker.dead ? this.#add() : worker);
  }

  #rest(worker: FunctionInstance): void {
    const { spareMs, lastMs } = this.#limits;
    const end = () => {
      void worker.terminate(IDLE);
      this.#dropDead();
    };
    const endSpare = () => {
      if (this.#all.size > 1) end();
      else this.#timers.set(worker, setTimeout(end, lastMs).unref());
    };
    this.#idle.push(worker);
    this.#timers.set(worker, setTimeout(endSpare, spareMs).unref());
  }

  #add(): FunctionInstance {
    const worker = this.#create();
    this.#all.add(worker);
    return worker;
  }

  #dropDead(): void {
    for (const worker of this.#all) {
      if (!worker.dead) continue;
      clearTimeout(this.#timers.get(worker));
      this.#all.delete(worker);
      const index = this.#idle.indexOf(worker);
      if (index >= 0) this.#idle.splice(index, 1);
    }
  }
}
