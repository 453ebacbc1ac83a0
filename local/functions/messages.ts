/** The initial data of an instance's thread or process. */
export interface WorkerData {
  readonly file: string;
  readonly exportName: string;
  readonly functionName: string;
  /** The ARN that it is invoked by. */
  readonly arn: string;
  readonly version: string;
  readonly memorySize: number;
  readonly logGroup: string;
  /** Port of 127.0.0.1 for debuggers. */
  readonly inspectPort: number | undefined;
}

/**
 * Tells the thread to run the handler. Payloads are JSON texts as on AWS, so that values that JSON cannot represent do
 * not reach the handler.
 */
export interface InvokeMessage {
  readonly requestId: string;
  readonly event: string;
  readonly deadline: number;
}

/** Tells the thread to exit when its event loop gets to the message. */
export interface ExitMessage {
  readonly exit: true;
}

/** The times of an invocation in milliseconds. */
export interface InvocationTimes {
  readonly durationMs: number;
  /** CPU time of the function's thread. */
  readonly cpuMs: number;
}

/** A message of the thread: the handler is loaded, or an invocation has ended. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | {
      readonly type: 'returned';
      readonly requestId: string;
      readonly times: InvocationTimes;
      readonly payload: string | undefined;
    }
  | {
      readonly type: 'threw';
      readonly requestId: string;
      readonly times: InvocationTimes;
      readonly errorType: string;
      readonly message: string;
    };
