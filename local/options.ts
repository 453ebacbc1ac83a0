import { parseArgs } from 'node:util';
import { messageOf } from './errors.ts';

export const USAGE = `Usage: npm start -- [options]

Runs Ancrage on this machine: no Docker, no AWS account.

  --port N                 port of the HTTP API, on 127.0.0.1; 0 = any free port (default 3000)
  --data-dir DIR           where data, logs and outputs.json are kept (default .local)
  --ephemeral              keep nothing but outputs.json
  --guard                  refuse hook URLs that are plain http or on loopback, as in production
  --dynamodb-endpoint URL  use this DynamoDB in place of the embedded one
  --verbose                print all of the functions' logs, and stack traces of unexpected errors
  --help                   print this`;

export const DEFAULT_DATA_DIR = '.local';

export interface CommandLine {
  readonly port: number;
  readonly dataDir: string;
  readonly ephemeral: boolean;
  readonly guard: boolean;
  readonly dynamodbEndpoint: string | undefined;
  readonly verbose: boolean;
  readonly help: boolean;
}

/** The command line is not understood: print the message and the usage, exit 2. */
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
    dynamodbEndpoint: parseEndpoint(values['dynamodb-endpoint']),
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
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }),
  ).values;
}

/** What `parseArgs` throws becomes a fault of the command line. */
export function orUsageError<T>(parseArguments: () => T): T {
  try {
    return parseArguments();
  } catch (error) {
    // Node's message goes on about positional arguments and `--` after its first sentence.
    throw new UsageError(messageOf(error).split('. ')[0] ?? messageOf(error));
  }
}

/** @throws UsageError */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65535)) throw new UsageError(`--port takes a number from 0 to 65535, not '${text}'`);
  return port;
}

function parseEndpoint(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`--dynamodb-endpoint takes an http or https URL, not '${text}'`);
  }
  return text;
}
