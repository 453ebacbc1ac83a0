import { once } from 'node:events';
import { interruption } from '../bin/smoke/interruption.ts';
import { LocalStackError, messageOf } from './errors.ts';
import { type LocalStack, startLocalStack } from './local-stack.ts';
import { type CommandLine, parseCommandLine, USAGE, UsageError } from './options.ts';
import { welcome } from './welcome.ts';

// Use UTC as on Lambda. Threads share the time zone of the process.
process.env.TZ = 'UTC';
// Here, unlike on Lambda, each look-up of a host name occupies a thread of the pool, which all functions share. Node
// creates it at first use.
process.env.UV_THREADPOOL_SIZE ??= '64';

const commandLine = readCommandLine();
if (commandLine.help) {
  console.log(USAGE);
} else {
  await run(commandLine);
}

function readCommandLine(): CommandLine {
  try {
    return parseCommandLine(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}

async function run(options: CommandLine): Promise<void> {
  const signal = interruption();
  const signalled = once(signal, 'abort');
  let stack: LocalStack | undefined;
  try {
    console.log('Starting Ancrage on this machine …');
    const { otlpEndpoint } = options;
    const context = otlpEndpoint !== undefined && { context: { tracing: { otlpEndpoint } } };
    stack = await startLocalStack({ ...options, ...context, signal, log: (line) => console.log(line) });
    console.log(welcome(stack, options));
    console.log('Ancrage is ready');
    const failure = await Promise.race([signalled, stack.failure]);
    if (failure instanceof Error) throw failure;
    console.log('Stopping …');
    await stack.stop();
    process.exit(0);
  } catch (error) {
    // Interrupted during the start, which has stopped everything already.
    if (signal.aborted && stack === undefined) process.exit(0);
    report(error, options.verbose);
    await stack?.stop().catch((fault: unknown) => report(fault, options.verbose));
    process.exit(1);
  }
}

function report(error: unknown, verbose: boolean): void {
  console.error(messageOf(error));
  if (verbose && error instanceof Error && !(error instanceof LocalStackError)) console.error(error.stack);
}
