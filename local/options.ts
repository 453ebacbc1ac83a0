import { parseArgs } from 'node:util';
import { messageOf } from './errors.ts';

export const USAGE = `Usage: npm start -- [options]

Run Ancrage on this machine, without Docker and without an AWS account.

  --port N                 port of the HTTP API on 127.0.0.1; 0 = any free port (default 3000)
  --data-dir DIR           directory for data, logs and outputs.json (default .local)
  --ephemeral              keep only outputs.json
  --guard                  reject hook URLs with plain http or loopback addresses, as in production
  --dynamodb-endpoint URL  use this DynamoDB instead of the embedded one
  --sqs-endpoint URL       use this SQS instead of the embedded one
  --otlp URL               send spans to the OpenTelemetry collector at this base URL
  --verbose                print all log lines of the functions, and stack traces of unexpected errors
  --help                   print this help`;

export const DEFAULT_DATA_DIR = '.local';

export interface CommandLine {
  readonly port: number;
  readonly dataDir: string;
  readonly ephemeral: boolean;
  readonly guard: boolean;
  readonly dynamodbEndpoint: string | undefined;
  readonly sqsEndpoint: string | undefined;
  readonly otlpEndpoint: string | undefined;
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
    verbose: values.verbose,
    help: values.help,
  };
}

function parse(args: readonly string[]) {
  return orUsageError(() =>
    parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '3000' },
        'data-dir': { type: 'string', default: DEFAULT_DATA_DIR },
        ephemeral: { type: 'boolean', default: false },
        guard: { type: 'boolean', default: false },
        'dynamodb-endpoint': { type: 'string' },
        'sqs-endpoint': { type: 'string' },
        otlp: { type: 'string' },
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
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65535)) throw new UsageError(`--port must be a number from 0 to 65535, not '${text}'`);
  return port;
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
