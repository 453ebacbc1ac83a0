import type { Credentials } from '../access/access-keys.ts';
import { LocalStackError } from '../errors.ts';
import { CREDENTIALS } from '../settings.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { FunctionLog, type FunctionLogOptions } from './function-log.ts';
import { FunctionPool, type IdleLimits } from './function-pool.ts';
import { type AwsEndpoints, lambdaEnvironment } from './lambda-environment.ts';
import type { InvocationTimes } from './messages.ts';
import { type OnEnd, WorkerThread } from './worker-thread.ts';

/** An invocation that has ended with a result or an error. */
export interface EndedInvocation extends InvocationTimes {
  readonly functionName: string;
  /** In MB. */
  readonly memorySize: number;
  /** JSON text of the event. */
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
  /** Maximum concurrency of functions by name. @default 4 for functions that are not listed */
  readonly concurrency: ReadonlyMap<string, number>;
  readonly endpoints: AwsEndpoints;
  readonly idle?: IdleLimits | undefined;
  /** The developer's credentials, from which the functions' are derived. @default the constant ones */
  readonly credentials?: Credentials;
}

/** Far below Lambda's thousand, because all instances share one machine. */
const DEFAULT_CONCURRENCY = 4;
const STOPPED = 'The local stack has stopped';

/** Runs the template's functions as Lambda does. Its methods take short names of functions, such as `fan-out`. */
export class FunctionHost {
  readonly #functions: ReadonlyMap<string, HostedFunction>;
  #observe: (ended: EndedInvocation) => void = () => {};

  constructor(options: FunctionHostOptions) {
    const { definitions, concurrency, endpoints, credentials = CREDENTIALS } = options;
    const hosted = definitions.map((definition): HostedFunction => {
      const environment = lambdaEnvironment(definition, endpoints, credentials);
      const log = new FunctionLog(definition.name, options);
      const ceiling = concurrency.get(definition.name) ?? DEFAULT_CONCURRENCY;
      const { name: functionName, memorySize } = definition;
      const onEnd: OnEnd = (event, times) => this.#observe({ functionName, memorySize, event, ...times });
      const pool = new FunctionPool(
        ceiling,
        () => new WorkerThread(definition, environment, log, onEnd),
        options.idle,
      );
      return { definition, environment, pool, log };
    });
    this.#functions = new Map(hosted.map((fn) => [fn.definition.name, fn]));
  }

  get names(): string[] {
    return [...this.#functions.keys()];
  }

  /** Return how many instances of a function there are. */
  instances(name: string): number {
    return this.#find(name).pool.size;
  }

  /** Return the environment that the function's code sees. */
  environmentOf(name: string): Readonly<Record<string, string>> {
    return this.#find(name).environment;
  }

  /** Set the observer of ended invocations, replacing the former one. */
  observe(observe: (ended: EndedInvocation) => void): void {
    this.#observe = observe;
  }

  /**
   * Invoke a function and return its result.
   *
   * @throws FunctionError if it throws, times out or dies
   */
  async invoke(name: string, event: unknown): Promise<unknown> {
    const payload = await this.invokeJson(name, JSON.stringify(event));
    return payload === undefined ? undefined : JSON.parse(payload);
  }

  /** Invoke a function with an event as JSON text, and return the result as JSON text. */
  async invokeJson(name: string, event: string): Promise<string | undefined> {
    return this.#find(name).pool.invoke(event);
  }

  /** Terminate the threads of a function in the middle of their work, and return their number. */
  async terminate(name: string): Promise<number> {
    return this.#find(name).pool.terminate(`The function ${name} was terminated`);
  }

  /**
   * Replace the threads of a function, as a deployment does: none is interrupted. Resolve when the former ones have ended, and
   * what they had cached with them.
   */
  async replace(name: string): Promise<void> {
    await this.#find(name).pool.replace();
  }

  /** Terminate all threads; invocations in progress fail. */
  async stop(): Promise<void> {
    const functions = [...this.#functions.values()];
    await Promise.all(functions.map(({ pool }) => pool.stop(STOPPED)));
    await Promise.all(functions.map(({ log }) => log.close()));
  }

  #find(name: string): HostedFunction {
    const fn = this.#functions.get(name);
    if (fn === undefined)
      throw new LocalStackError(`There is no function ${name}; the functions are ${this.names.join(', ')}`);
    return fn;
  }
}
