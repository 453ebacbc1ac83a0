import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Log } from '../settings.ts';
import { readableLine } from './readable-line.ts';

export interface FunctionLogOptions {
  readonly directory: string;
  readonly log: Log;
  /** Show all lines and not only warnings and errors. */
  readonly verbose: boolean;
}

/** The log of a function: written to a file unchanged, and shown in a readable form if a line matters. */
export class FunctionLog {
  readonly #name: string;
  readonly #options: FunctionLogOptions;
  readonly #followed = new Set<Promise<unknown>>();
  #file: WriteStream | undefined;

  constructor(name: string, options: FunctionLogOptions) {
    this.#name = name;
    this.#options = options;
  }

  /** Read an output of a worker thread to its end. */
  follow(output: Readable, isErrorOutput: boolean): void {
    const lines = createInterface({ input: output }).on('line', (line) => {
      this.write(line, isErrorOutput);
    });
    const ended = once(lines, 'close').finally(() => this.#followed.delete(ended));
    this.#followed.add(ended);
  }

  write(line: string, isError: boolean): void {
    this.#file ??= this.#open();
    this.#file.write(`${line}\n`);
    const { text, isWarning } = readableLine(line);
    if (isError || isWarning || this.#options.verbose) this.#options.log(`${this.#name} │ ${text}`);
  }

  /** Close the file when all followed outputs have ended. */
  async close(): Promise<void> {
    await Promise.all(this.#followed);
    if (this.#file === undefined) return;
    this.#file.end();
    if (!this.#file.closed) await once(this.#file, 'close');
  }

  #open(): WriteStream {
    const file = createWriteStream(join(this.#options.directory, `${this.#name}.log`), {
      flags: 'a',
      mode: 0o600,
    });
    file.on('error', (error) => {
      this.#options.log(`The log of ${this.#name} cannot be written: ${error.message}`);
    });
    return file;
  }
}
