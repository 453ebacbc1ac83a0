/** What a worker thread is started with. */
export interface WorkerData {
  readonly file: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly arn: string;
  readonly memorySize: number;
  readonly logGroup: string;
}

/** To the thread: run the handler. Payloads are JSON texts, as on AWS: what JSON cannot carry must not pass here either. */
export interface InvokeMessage {
  readonly requestId: string;
  readonly event: string;
  readonly deadline: number;
}

/** To the thread: end between two steps of what you do. */
export interface ExitMessage {
  readonly exit: true;
}

/** What an invocation took, in milliseconds. */
export interface Took {
  readonly durationMs: number;
  /** Of the processor, by the function's own thread. */
  readonly cpuMs: number;
}

/** From the thread: the handler is loaded, or an invocation's end. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | {
      readonly type: 'returned';
      readonly requestId: string;
      readonly took: Took;
      readonly payload: string | undefined;
    }
  | {
      readonly type: 'threw';
      readonly requestId: string;
      readonly took: Took;
      readonly errorType: string;
      readonly message: string;
    };
