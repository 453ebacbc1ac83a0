import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Execution, startProcess, startThread } from './execution.ts';
import { type FunctionDefinition, handlerFile, versionOf } from './function-definition.ts';
import type { FunctionLog } from './function-log.ts';
import type { ExitMessage, InvocationTimes, InvokeMessage, WorkerData, WorkerMessage } from './messages.ts';

/** An invocation failed: the handler threw an error, it timed out, or its thread ended. */
export class FunctionError extends Error {
  override name = 'FunctionError';
  readonly errorType: string;

  constructor(errorType: string, message: string) {
    super(message);
    this.errorType = errorType;
  }
}

/** Called when an invocation has ended with a result or an error. */
export type OnEnd = (event: string, times: InvocationTimes) => void;

interface Invocation {
  readonly requestId: string;
  readonly event: string;
  readonly resolve: (payload: string | undefined) => void;
  readonly reject: (error: FunctionError) => void;
  timer?: NodeJS.Timeout;
}

/** Lambda's limit for the payloads of a synchronous invocation. */
export const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

/** Time for an instance to exit by itself before it is killed. */
const EXIT_WITHIN_MS = 500;

/**
 * An instance of a function in its own thread, or in its own process if a debugger may attach to it. Like an execution environment
 * of Lambda, it runs one invocation at a time.
 */
export class FunctionInstance {
  readonly #fn: FunctionDefinition;
  readonly #log: FunctionLog;
  readonly #onEnd: OnEnd;
  readonly #execution: Execution;
  readonly #ready: Promise<void>;
  /** Resolves when its thread or process has ended. */
  readonly ended: Promise<unknown>;
  #current: Invocation | undefined;
  #end = '';
  /** Whether it ends or has ended, and accepts no further invocations. */
  dead = false;

  constructor(
    fn: FunctionDefinition,
    environment: Readonly<Record<string, string>>,
    log: FunctionLog,
    onEnd: OnEnd,
    inspectPort?: number,
  ) {
    this.#fn = fn;
    this.#log = log;
    this.#onEnd = onEnd;
    const data: WorkerData = {
      file: handlerFile(fn),
      exportName: fn.handler.slice(fn.handler.lastIndexOf('.') + 1),
      functionName: fn.functionName,
      arn: fn.alias === undefined ? fn.arn : `${fn.arn}:${fn.alias}`,
      version: versionOf(fn),
      memorySize: fn.memorySize,
      logGroup: fn.logGroup,
      inspectPort,
    };
    const start = inspectPort === undefined ? startThread : startProcess;
    this.#execution = start(fn, data, environment);
    const { events, stdout, stderr } = this.#execution;
    log.follow(stdout, false);
    log.follow(stderr, true);
    this.#ready = new Promise((resolve) => {
      events.on('message', (message: WorkerMessage) => {
        if (message.type === 'ready') resolve();
        else this.#settle(message);
      });
    });
    events.on('error', (error: Error) => {
      this.#end ||= `The function ${fn.name} crashed: ${error.message}`;
      this.#log.write(
        JSON.stringify({ level: 'ERROR', message: this.#end, stackTrace: error.stack?.split('\n') }),
        true,
      );
    });
    this.ended = once(events, 'exit').catch(() => {});
    events.on('exit', (code: number | null, signal?: string) => {
      this.dead = true;
      this.#end ||= `The function ${fn.name} ${code === null ? `was ended by ${signal}` : `exited with code ${code}`}`;
      this.#fail('Runtime.ExitError', this.#end);
    });
  }

  /**
   * Run the handler with an event as JSON text, and return the result as JSON text.
   *
   * @throws FunctionError
   */
  async invoke(event: string): Promise<string | undefined> {
    if (this.dead) throw new FunctionError('Runtime.ExitError', this.#end);
    const result = new Promise<string | undefined>((resolve, reject) => {
      this.#current = { requestId: randomUUID(), event, resolve, reject };
    });
    // The timeout starts when the function is loaded, because Lambda does not count initialisation either.
    void this.#ready.then(() => this.#start());
    return result;
  }

  /** End the instance. An invocation in progress fails with the reason. */
  async terminate(reason: string): Promise<void> {
    this.dead = true;
    this.#end ||= reason;
    // Node 24 aborts the whole process if a thread is terminated while it creates a zlib stream. Therefore the thread
    // is told to exit from its event loop first; one that stays busy for this long is not creating a stream.
    const message: ExitMessage = { exit: true };
    this.#execution.post(message);
    await Promise.race([this.ended, sleep(EXIT_WITHIN_MS, undefined, { ref: false })]);
    await this.#execution.kill();
  }

  #start(): void {
    const invocation = this.#current;
    if (invocation === undefined) return;
    const { timeoutSeconds } = this.#fn;
    const message: InvokeMessage = {
      requestId: invocation.requestId,
      event: invocation.event,
      deadline: Date.now() + timeoutSeconds * 1000,
    };
    invocation.timer = setTimeout(() => {
      const reason = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      this.#log.write(
        JSON.stringify({ level: 'ERROR', requestId: invocation.requestId, message: reason }),
        true,
      );
      void this.terminate(reason);
    }, timeoutSeconds * 1000);
    this.#execution.post(message);
  }

  #settle(message: Exclude<WorkerMessage, { type: 'ready' }>): void {
    if (this.#current?.requestId !== message.requestId) return;
    this.#onEnd(this.#current.event, message.times);
    if (message.type === 'threw') {
      this.#fail(message.errorType, message.message);
    } else if (Buffer.byteLength(message.payload ?? '') > MAX_PAYLOAD_BYTES) {
      this.#fail(
        'Function.ResponseSizeTooLarge',
        'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      );
    } else {
      this.#take()?.resolve(message.payload);
    }
  }

  #fail(errorType: string, message: string): void {
    this.#take()?.reject(new FunctionError(errorType, message));
  }

  #take(): Invocation | undefined {
    const invocation = this.#current;
    clearTimeout(invocation?.timer);
    this.#current = undefined;
    return invocation;
  }
}
