import { LocalStackError } from '../errors.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { FunctionLog, type FunctionLogOptions } from './function-log.ts';
import { FunctionPool } from './function-pool.ts';
import { type AwsEndpoints, lambdaEnvironment } from './lambda-environment.ts';
import type { Took } from './messages.ts';
import { type OnEnd, WorkerThread } from './worker-thread.ts';

/** An invocation that a function has ended, by a result or an error. */
export interface EndedInvocation extends Took {
  readonly functionName: string;
  /** In MB. */
  readonly memorySize: number;
  /** As JSON text. */
  readonly event: string;
}

interface HostedFunction {
  readonly definition: FunctionDefinition;
  readonly environment: Readonly<Record<string, string>>;
  readonly pool: FunctionPool;
  readonly log: FunctionLog;
}

export interface FunctionHostOptions extends FunctionLogOptions {
  readonly definitions: readonly FunctionDefinition[];
  /** Most copies of a function that run at once, by name, where that is not the default of 4. */
  readonly concurrency: ReadonlyMap<string, number>;
  readonly endpoints: AwsEndpoints;
}

/** Lambda would go to a thousand. */
const DEFAULT_CONCURRENCY = 4;
const STOPPED = 'The local stack has stopped';

/** Runs the template's functions, as Lambda would. Functions go by their short names, such as `fan-out`. */
export class FunctionHost {
  readonly #functions: ReadonlyMap<string, HostedFunction>;
  #observe: (ended: EndedInvocation) => void = () => {};

  constructor(options: FunctionHostOptions) {
    const { definitions, concurrency, endpoints } = options;
    const hosted = definitions.map((definition): HostedFunction => {
      const environment = lambdaEnvironment(definition, endpoints);
      const log = new FunctionLog(definition.name, options);
      const ceiling = concurrency.get(definition.name) ?? DEFAULT_CONCURRENCY;
      const { name: functionName, memorySize } = definition;
      const onEnd: OnEnd = (event, took) => this.#observe({ functionName, memorySize, event, ...took });
      const pool = new FunctionPool(ceiling, () => new WorkerThread(definition, environment, log, onEnd));
      return { definition, environment, pool, log };
    });
    this.#functions = new Map(hosted.map((fn) => [fn.definition.name, fn]));
  }

  get names(): string[] {
    return [...this.#functions.keys()];
  }

  /** The environment that a function's code sees. */
  environmentOf(name: string): Readonly<Record<string, string>> {
    return this.#find(name).environment;
  }

  /** Tells of each invocation that ends from now on, in place of whom it told before. */
  observe(observe: (ended: EndedInvocation) => void): void {
    this.#observe = observe;
  }

  /**
   * Invokes a function and waits for what it returns.
   *
   * @throws FunctionError where it throws, times out or dies
   */
  async invoke(name: string, event: unknown): Promise<unknown> {
    const payload = await this.invokeJson(name, JSON.stringify(event));
    return payload === undefined ? undefined : JSON.parse(payload);
  }

  /** The same with JSON text both ways. */
  async invokeJson(name: string, event: string): Promise<string | undefined> {
    return this.#find(name).pool.invoke(event);
  }

  /** Ends the threads of a function in the middle of whatever they do, and answers how many there were. */
  async terminate(name: string): Promise<number> {
    return this.#find(name).pool.terminate(`The function ${name} was terminated`);
  }

  /** Ends every thread; invocations that still run fail. */
  async stop(): Promise<void> {
    const functions = [...this.#functions.values()];
    await Promise.all(functions.map(({ pool }) => pool.stop(STOPPED)));
    await Promise.all(functions.map(({ log }) => log.close()));
  }

  #find(name: string): HostedFunction {
    const fn = this.#functions.get(name);
    if (fn === undefined)
      throw new LocalStackError(`There is no function ${name}: there are ${this.names.join(', ')}`);
    return fn;
  }
}
