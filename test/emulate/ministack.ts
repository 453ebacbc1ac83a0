import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { watchMemory } from './memory.ts';

export const REGION = 'eu-west-1';
/** The emulator's default. */
export const ACCOUNT = '000000000000';

const STOP_MS = 15_000;

export interface Ministack {
  /** Of every service. */
  readonly endpoint: string;
  /** The environment in which the CDK, the commands and the SDKs use the emulator instead of AWS. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

interface MinistackOptions {
  /** Folder of the virtual environment's programs. */
  readonly programs: string;
  readonly logFile: string;
  /** Evaluate IAM policies. Without, every call is allowed. */
  readonly enforcesIam: boolean;
}

/** Start the emulator on loopback. It ends with this process at the latest. */
export async function startMinistack({
  programs,
  logFile,
  enforcesIam,
}: MinistackOptions): Promise<Ministack> {
  const port = await freePort();
  const log = openSync(logFile, 'w');
  const child = spawn(join(programs, 'ministack'), {
    stdio: ['ignore', log, log],
    env: {
      // It runs the functions with the `node` that it finds.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      ...(process.env.HOME !== undefined && { HOME: process.env.HOME }),
      ...{ BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port), AUTH: String(enforcesIam) },
      LAMBDA_WARM_TTL_SECONDS: '20',
    },
  });
  closeSync(log);
  const unwatch = child.pid === undefined ? () => {} : watchMemory(child.pid);
  const kill = () => child.kill();
  process.once('exit', kill);
  const endpoint = `http://127.0.0.1:${port}`;
  await eventually('the emulator is ready', async () => {
    if (child.exitCode !== null) throw new Error(`It exited with ${child.exitCode}: see ${logFile}.`);
    return (await fetch(`${endpoint}/_ministack/health`)).ok;
  });
  return {
    endpoint,
    environment: environmentOf(endpoint),
    async stop() {
      process.removeListener('exit', kill);
      await ended(child);
      unwatch();
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  // It waits for functions that do not return, such as a custom resource that never answered.
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exit;
  clearTimeout(timer);
}

/** None of the caller's own settings and credentials of AWS. */
function environmentOf(endpoint: string): Record<string, string> {
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(AWS_|ANCRAGE_|CDK_)/.test(entry[0]),
  );
  return {
    ...Object.fromEntries(own),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: ROOT.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Of the emulator's account. */
const ROOT: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

export const clientSettings = ({ endpoint }: Ministack, credentials = ROOT, region = REGION) => ({
  ...{ endpoint, region, credentials },
});
