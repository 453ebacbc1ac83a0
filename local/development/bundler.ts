import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ENV } from '../../core/contract.ts';
import type { FunctionDefinition } from '../functions/function-definition.ts';
import type { Bundled, BundleOrder, BundlingMessage, BundlingOrder, SourceFiles } from './bundling.ts';

export interface BundlerOptions {
  /** Directory of the sources, the repository or a copy. */
  readonly root: string;
  /** Directory of the bundles. What is in it is deleted. */
  readonly directory: string;
  readonly definitions: readonly FunctionDefinition[];
  /** The function that is bundled for a debugger. */
  readonly debuggable?: string | undefined;
}

export interface Bundling extends Bundled {
  /** Return the directory of the bundle of one of the names. */
  directoryOf(name: string): string;
  /** Resolves with what the functions are made from. Those that do not compile are missing. */
  readonly sources: Promise<SourceFiles>;
}

/** Bundles functions again as the synthesis has bundled them. */
export class Bundler {
  readonly #options: BundlerOptions;
  readonly #orders: ReadonlyMap<string, BundleOrder>;
  #count = 0;

  constructor(options: BundlerOptions) {
    const { directory, definitions, debuggable } = options;
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#options = options;
    const orders = definitions.map((fn) => orderOf(fn, fn.name === debuggable));
    this.#orders = new Map(orders.map((order) => [order.name, order]));
  }

  get names(): string[] {
    return [...this.#orders.keys()];
  }

  /** Write the bundles of functions to a new directory, because instances may still read from a former one. */
  async bundle(names: readonly string[]): Promise<Bundling> {
    const { root, directory } = this.#options;
    this.#count += 1;
    const outputDir = join(directory, String(this.#count));
    const orders = this.#ordersOf(names);
    const { bundled, sources } = run({ root, outputDir, bundle: orders, trace: orders });
    const directoryOf = (name: string) => join(outputDir, this.#orders.get(name)?.folder ?? name);
    return { ...(await bundled), directoryOf, sources };
  }

  /** Return what the functions are made from. Those that do not compile are missing. */
  sources(names: readonly string[]): Promise<SourceFiles> {
    const { root, directory } = this.#options;
    return run({ root, outputDir: directory, bundle: [], trace: this.#ordersOf(names) }).sources;
  }

  #ordersOf(names: readonly string[]): BundleOrder[] {
    return names.map((name) => this.#orders.get(name)).filter((order) => order !== undefined);
  }
}

function orderOf({ name, environment }: FunctionDefinition, debuggable: boolean): BundleOrder {
  return {
    name,
    // The stack names the service after the folder.
    folder: environment.POWERTOOLS_SERVICE_NAME ?? name,
    // As the stack chooses: only functions that record spans know where to.
    kind: environment[ENV.otlp] === undefined ? 'plain' : 'traced',
    debuggable,
  };
}

function run(order: BundlingOrder): { bundled: Promise<Bundled>; sources: Promise<SourceFiles> } {
  const worker = new Worker(new URL('./bundler-thread.ts', import.meta.url), { workerData: order });
  const bundled = Promise.withResolvers<Bundled>();
  const sources = Promise.withResolvers<SourceFiles>();
  worker.on('message', (message: BundlingMessage) => {
    if (message.type === 'bundled') bundled.resolve(message);
    else sources.resolve(message.sources);
  });
  const fail = (error: unknown) => {
    bundled.reject(error);
    sources.reject(error);
  };
  once(worker, 'exit').then(() => fail(new Error('The thread that bundles has ended')), fail);
  // If the thread fails, `bundled` says so; nobody may wait for the sources.
  sources.promise.catch(() => {});
  return { bundled: bundled.promise, sources: sources.promise };
}
