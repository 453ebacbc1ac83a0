import { FunctionError, type WorkerThread } from './worker-thread.ts';

const REPLACED = 'The instance was replaced';

/**
 * The instances of one function. The pool creates them on demand up to a maximum; further invocations wait, whereas
 * Lambda would throttle them.
 */
export class FunctionPool {
  readonly #ceiling: number;
  readonly #create: () => WorkerThread;
  readonly #all = new Set<WorkerThread>();
  readonly #idle: WorkerThread[] = [];
  readonly #replaced = new WeakSet<WorkerThread>();
  readonly #waiting: PromiseWithResolvers<WorkerThread>[] = [];
  #stopped: string | undefined;

  constructor(ceiling: number, create: () => WorkerThread) {
    this.#ceiling = ceiling;
    this.#create = create;
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

  #acquire(): WorkerThread | Promise<WorkerThread> {
    if (this.#stopped !== undefined) throw new FunctionError('Stopped', this.#stopped);
    this.#dropDead();
    const worker = this.#idle.pop() ?? (this.#all.size < this.#ceiling ? this.#add() : undefined);
    if (worker !== undefined) return worker;
    const turn = Promise.withResolvers<WorkerThread>();
    this.#waiting.push(turn);
    return turn.promise;
  }

  #release(worker: WorkerThread): void {
    if (this.#replaced.has(worker)) void worker.terminate(REPLACED);
    const next = this.#waiting.shift();
    if (next === undefined) {
      if (!worker.dead) this.#idle.push(worker);
      return;
    }
    this.#dropDead();
    next.resolve(worker.dead ? this.#add() : worker);
  }

  #add(): WorkerThread {
    const worker = this.#create();
    this.#all.add(worker);
    return worker;
  }

  #dropDead(): void {
    for (const worker of this.#all) {
      if (!worker.dead) continue;
      this.#all.delete(worker);
      const index = this.#idle.indexOf(worker);
      if (index >= 0) this.#idle.splice(index, 1);
    }
  }
}
