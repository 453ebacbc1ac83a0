import { parseArgs } from 'node:util';
import { messageOf } from './errors.ts';
import type { Inspection } from './functions/function-host.ts';

export const USAGE = `Usage: npm start -- [options]

Run Ancrage on this machine, without Docker and without an AWS account.

  --port N                 port of the HTTP API on 127.0.0.1; 0 = any free port (default 3000)
  --data-dir DIR           directory for data, logs and outputs.json (default .local)
  --ephemeral              keep only outputs.json
  --guard                  reject hook URLs with plain http or loopback addresses, as in production
  --dynamodb-endpoint URL  use this DynamoDB instead of the embedded one
  --sqs-endpoint URL       use this SQS instead of the embedded one
  --otlp URL               send spans to the OpenTelemetry collector at this base URL
  --watch                  bundle a function again when its sources change, and run the new code
  --inspect[=FUNCTION]     let a debugger attach to a function, such as deliver (the default)
  --inspect-port N         port for the debugger on 127.0.0.1 (default 9229)
  --verbose                print all log lines of the functions, and stack traces of unexpected errors
  --help                   print this help`;

export const DEFAULT_DATA_DIR = '.local';

/** What `--inspect` stands for. */
const INSPECTED = 'deliver';
/** Where Chrome and VS Code look for Node. */
const INSPECT_PORT = '9229';

export interface CommandLine {
  readonly port: number;
  readonly dataDir: string;
  readonly ephemeral: boolean;
  readonly guard: boolean;
  readonly dynamodbEndpoint: string | undefined;
  readonly sqsEndpoint: string | undefined;
  readonly otlpEndpoint: string | undefined;
  readonly watch: boolean;
  readonly inspect: Inspection | undefined;
  readonly verbose: boolean;
  readonly help: boolean;
}

/** The command line is invalid: print the message and the usage, and exit with code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** @throws UsageError */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const values = parse(args);
  return {
    port: parsePort(values.port),
    dataDir: values['data-dir'],
    ephemeral: values.ephemeral,
    guard: values.guard,
    dynamodbEndpoint: parseEndpoint('dynamodb-endpoint', values),
    sqsEndpoint: parseEndpoint('sqs-endpoint', values),
    otlpEndpoint: parseEndpoint('otlp', values),
    watch: values.watch,
    inspect: parseInspection(values),
    verbose: values.verbose,
    help: values.help,
  };
}

function parse(args: readonly string[]) {
  return orUsageError(() =>
    parseArgs({
      // Node's parser has no options whose value may be left out.
      args: args.map((arg) => (arg === '--inspect' ? `--inspect=${INSPECTED}` : arg)),
      options: {
        port: { type: 'string', default: '3000' },
        'data-dir': { type: 'string', default: DEFAULT_DATA_DIR },
        ephemeral: { type: 'boolean', default: false },
        guard: { type: 'boolean', default: false },
        'dynamodb-endpoint': { type: 'string' },
        'sqs-endpoint': { type: 'string' },
        otlp: { type: 'string' },
        watch: { type: 'boolean', default: false },
        inspect: { type: 'string' },
        'inspect-port': { type: 'string' },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }),
  ).values;
}

/** Convert errors of `parseArgs` to a UsageError. */
export function orUsageError<T>(parseArguments: () => T): T {
  try {
    return parseArguments();
  } catch (error) {
    // Keep only the first sentence of Node's message; the others explain positional arguments and `--`.
    throw new UsageError(messageOf(error).split('. ')[0] ?? messageOf(error));
  }
}

/** @throws UsageError */
export function parsePort(text: string, option = 'port', least = 0): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port >= least && port <= 65535))
    throw new UsageError(`--${option} must be a number from ${least} to 65535, not '${text}'`);
  return port;
}

function parseInspection(values: {
  readonly inspect?: string | undefined;
  readonly 'inspect-port'?: string | undefined;
}): Inspection | undefined {
  const { inspect: functionName, 'inspect-port': port } = values;
  if (functionName !== undefined)
    return { functionName, port: parsePort(port ?? INSPECT_PORT, 'inspect-port', 1) };
  if (port !== undefined) throw new UsageError('--inspect-port needs --inspect');
  return undefined;
}

function parseEndpoint<Name extends string>(
  name: Name,
  { [name]: text }: { readonly [name in Name]?: string | undefined },
): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`--${name} must be an http or https URL, not '${text}'`);
  }
  return text;
}
