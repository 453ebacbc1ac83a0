/** The code of an instance's thread or process, which takes the place of Lambda's Node.js runtime. */
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { ExitMessage, InvocationTimes, InvokeMessage, WorkerData, WorkerMessage } from './messages.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const data: WorkerData = workerData ?? JSON.parse(process.argv[2] ?? '');
const { file, exportName, functionName, arn, version, memorySize, logGroup, inspectPort } = data;

function post(message: WorkerMessage): void {
  if (parentPort === null) process.send?.(message);
  else parentPort.postMessage(message);
}

function loadHandler(): Handler {
  const handler: unknown = createRequire(file)(file)[exportName];
  if (typeof handler !== 'function') throw new Error(`${file} exports no function named ${exportName}`);
  return handler as Handler;
}

function contextOf({ requestId, deadline }: InvokeMessage) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: version,
    invokedFunctionArn: arn,
    memoryLimitInMB: String(memorySize),
    awsRequestId: requestId,
    logGroupName: logGroup,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function stopwatch(): () => InvocationTimes {
  const startedAt = performance.now();
  const cpuBefore = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(cpuBefore);
    return { durationMs: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
  };
}

async function invoke(handler: Handler, message: InvokeMessage): Promise<void> {
  const { requestId } = message;
  const times = stopwatch();
  try {
    const payload = JSON.stringify(await handler(JSON.parse(message.event), contextOf(message)));
    post({ type: 'returned', requestId, times: times(), payload });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    // Lambda's runtime also writes the error of a handler to the function's log.
    console.error(
      JSON.stringify({
        level: 'ERROR',
        requestId,
        message: error.message,
        errorType: error.name,
        stackTrace: error.stack?.split('\n'),
      }),
    );
    post({ type: 'threw', requestId, times: times(), errorType: error.name, message: error.message });
  }
}

if (parentPort === null) {
  // Ctrl-C in a terminal is for the stack, which lets invocations finish.
  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit(1));
}
if (inspectPort !== undefined) await (await import('./open-inspector.ts')).openInspector(inspectPort);
const handler = loadHandler();
(parentPort ?? process).on('message', (message: InvokeMessage | ExitMessage) => {
  if ('exit' in message) process.exit(1);
  void invoke(handler, message);
});
post({ type: 'ready' });
