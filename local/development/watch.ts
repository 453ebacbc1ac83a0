import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch as watchFiles } from 'chokidar';
import { messageOf } from '../errors.ts';
import type { FunctionHost } from '../functions/function-host.ts';
import type { Log } from '../settings.ts';
import type { Bundler } from './bundler.ts';
import { SOURCE_FOLDERS, type SourceTree } from './source-tree.ts';

export interface WatchOptions {
  /** Directory of the sources. */
  readonly root: string;
  /** The sources from which the functions that run now were bundled. */
  readonly tree: SourceTree;
  readonly bundler: Bundler;
  readonly functions: Pick<FunctionHost, 'deploy'>;
  readonly log: Log;
}

/** Editors save several files one after the other, and formatters save them again. */
const QUIET_MS = 100;

/** These are part of the stack itself, which is synthesised only at the start. */
const OF_STACK = /^lib\/|^core\/(contract|routes)\.ts$/;

/** Bundles the functions whose sources change, and runs them instead of the former ones. */
export class Watch {
  readonly #options: WatchOptions;
  /** Files that each function is made from. */
  readonly #sources = new Map<string, ReadonlySet<string>>();
  /** Functions whose latest code does not compile. Any change may mend them, even a file that did not exist. */
  readonly #broken = new Set<string>();
  readonly #directories = new Map<string, string>();
  readonly #watcher;
  #events = 0;
  #running: Promise<void>;
  #stopping = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#watcher = watchFiles(
      SOURCE_FOLDERS.map((folder) => join(options.root, folder)),
      { ignoreInitial: true },
    );
    this.#running = this.#learn(options.bundler.names).catch(this.#report);
    const ready = Promise.withResolvers<void>();
    this.#watcher.on('ready', ready.resolve);
    this.#watcher.on('error', (error) => options.log(`Watching the sources failed: ${messageOf(error)}`));
    this.#watcher.on('all', () => this.#changed());
    // Files may have been changed while the stack started.
    void ready.promise.then(() => this.#changed());
  }

  readonly #report = (error: unknown): void => {
    this.#options.log(`The functions could not be bundled: ${messageOf(error)}`);
  };

  /** Begin nothing more, and wait for what is being bundled. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#watcher.close();
    await this.#running;
  }

  #changed(): void {
    this.#events += 1;
    if (this.#events > 1) return;
    this.#running = this.#running.then(() => this.#untilQuiet());
  }

  async #untilQuiet(): Promise<void> {
    for (let seen = 0; seen < this.#events && !this.#stopping; ) {
      seen = this.#events;
      await sleep(QUIET_MS);
      if (seen < this.#events) continue;
      await this.#apply().catch(this.#report);
    }
    this.#events = 0;
  }

  async #apply(): Promise<void> {
    const { tree, bundler, log } = this.#options;
    const changed = await tree.changes();
    const ofStack = changed.filter((file) => OF_STACK.test(file));
    if (ofStack.length > 0) log(`${ofStack.join(', ')} may change the stack: start again to see that`);
    const affected = bundler.names.filter(
      (name) =>
        (changed.length > 0 && this.#broken.has(name)) ||
        changed.some((file) => this.#sources.get(name)?.has(file)),
    );
    if (affected.length === 0) return;
    const startedAt = performance.now();
    const { names, errors, directoryOf, sources } = await bundler.bundle(affected);
    const took = Math.round(performance.now() - startedAt);
    for (const name of names) this.#deploy(name, directoryOf(name));
    if (names.length > 0) log(`Bundled ${names.join(', ')} in ${took} ms`);
    const broken = affected.filter((name) => !names.includes(name));
    for (const name of broken) this.#broken.add(name);
    if (broken.length > 0)
      log(`${broken.join(', ')} did not compile, and the former code runs on:\n${errors.join('\n')}`);
    this.#note(await sources);
  }

  #deploy(name: string, directory: string): void {
    const { functions, log } = this.#options;
    const former = this.#directories.get(name);
    this.#directories.set(name, directory);
    this.#broken.delete(name);
    // Not awaited: an invocation may take minutes, or wait at a breakpoint.
    functions
      .deploy(name, directory)
      .then(() => former !== undefined && rmSync(former, { recursive: true, force: true }))
      .catch((error: unknown) => log(`${name} could not be replaced: ${messageOf(error)}`));
  }

  /** Find out what functions are made from. */
  async #learn(names: readonly string[]): Promise<void> {
    for (const name of names) this.#broken.add(name);
    const sources = await this.#options.bundler.sources(names);
    this.#note(sources);
    for (const name of Object.keys(sources)) this.#broken.delete(name);
  }

  #note(sources: Readonly<Record<string, readonly string[]>>): void {
    for (const [name, files] of Object.entries(sources)) this.#sources.set(name, new Set(files));
  }
}
