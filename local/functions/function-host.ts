import type { Credentials } from '../access/access-keys.ts';
import { LocalStackError } from '../errors.ts';
import { CREDENTIALS } from '../settings.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { FunctionInstance, type OnEnd } from './function-instance.ts';
import { FunctionLog, type FunctionLogOptions } from './function-log.ts';
import { FunctionPool, type IdleLimits } from './function-pool.ts';
import { type AwsEndpoints, lambdaEnvironment } from './lambda-environment.ts';
import type { InvocationTimes } from './messages.ts';

/** An invocation that has ended with a result or an error. */
export interface EndedInvocation extends InvocationTimes {
  readonly functionName: string;
  /** In MB. */
  readonly memorySize: number;
  /** JSON text of the event. */
  readonly event: string;
}

/** A function that a debugger may attach to. */
export interface Inspection {
  /** Short name, such as `fan-out`. */
  readonly functionName: string;
  /** Port of 127.0.0.1. */
  readonly port: number;
}

interface HostedFunction {
  definition: FunctionDefinition;
  environment: Readonly<Record<string, string>>;
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
  /** This function has exactly one instance, which starts at once and is never ended as idle. */
  readonly inspect?: Inspection | undefined;
}

/** Far below Lambda's thousand, because all instances share one machine. */
const DEFAULT_CONCURRENCY = 4;
const STOPPED = 'The local stack has stopped';
/** The longest time of a timer, 24 days. */
const NEVER_MS = 2 ** 31 - 1;
const NEVER_IDLE: IdleLimits = { spareMs: NEVER_MS, lastMs: NEVER_MS };

/** Runs the template's functions as Lambda does. Its methods take short names of functions, such as `fan-out`. */
export class FunctionHost {
  readonly #functions: ReadonlyMap<string, HostedFunction>;
  readonly #options: FunctionHostOptions;
  #observe: (ended: EndedInvocation) => void = () => {};

  constructor(options: FunctionHostOptions) {
    this.#options = options;
    const hosted = options.definitions.map(
      (definition) => [definition.name, this.#host(definition)] as const,
    );
    this.#functions = new Map(hosted);
    if (options.inspect !== undefined) this.#find(options.inspect.functionName).pool.warm();
  }

  #host(definition: FunctionDefinition): HostedFunction {
    const { concurrency, idle, inspect } = this.#options;
    const { name: functionName, memorySize } = definition;
    const log = new FunctionLog(functionName, this.#options);
    const onEnd: OnEnd = (event, times) => this.#observe({ functionName, memorySize, event, ...times });
    const port = inspect?.functionName === functionName ? inspect.port : undefined;
    const create = (): FunctionInstance =>
      new FunctionInstance(fn.definition, fn.environment, log, onEnd, port);
    const ceiling = concurrency.get(functionName) ?? DEFAULT_CONCURRENCY;
    const pool =
      port === undefined ? new FunctionPool(ceiling, create, idle) : new FunctionPool(1, create, NEVER_IDLE);
    const fn: HostedFunction = { definition, environment: this.#environment(definition), pool, log };
    return fn;
  }

  #environment(definition: FunctionDefinition): Record<string, string> {
    const { endpoints, credentials = CREDENTIALS } = this.#options;
    return lambdaEnvironment(definition, endpoints, credentials);
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
    const { pool } = this.#find(name);
    await pool.replace();
    if (this.#options.inspect?.functionName === name) pool.warm();
  }

  /** Run the bundle in a directory from the next invocation on. Resolve when no instance runs the former one any more. */
  async deploy(name: string, bundleDir: string): Promise<void> {
    const fn = this.#find(name);
    fn.definition = { ...fn.definition, bundleDir };
    fn.environment = this.#environment(fn.definition);
    await this.replace(name);
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
