import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { codeOf, LocalStackError } from '../errors.ts';
import { dynoxideBinary, type Host } from './dynoxide-binary.ts';
import { freePort } from './free-port.ts';

export interface Engine {
  /** Without a slash at the end. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

export interface DynoxideOptions {
  /** SQLite file; without one, all data is in memory. */
  readonly file: string | undefined;
  /** Called if the process exits without being stopped. */
  readonly onDeath: (error: LocalStackError) => void;
  /** Receives a line if the engine has to be installed first, or is one on PATH. @default standard error */
  readonly log?: Host['log'];
}

const LISTENING = 'Dynoxide listening on';
const START_ATTEMPTS = 3;
const START_TIMEOUT_MS = 15_000;
const STOP_TIMEOUT_MS = 5_000;

// The shell terminates the engine when this process ends in any way, because this closes the shell's standard input.
// Otherwise a SIGKILL would leave an engine behind that still has the data file open.
// Only the user may read the files that the engine creates.
const KEEPER = 'umask 077; "$0" "$@" & exec >&- 2>&-; read -r _; kill "$!"; wait';
/** The same where there is no shell. */
const WINDOWS_KEEPER = fileURLToPath(new URL('./keeper.ts', import.meta.url));

/**
 * Start dynoxide, an implementation of DynamoDB's API on SQLite. It accepts every access key and lets every web page read
 * its responses, has no settings for either, and can listen only on a TCP port: programs use it through a gate.
 *
 * @throws LocalStackError if there is no binary for this platform, or it does not start
 */
export async function startDynoxide(options: DynoxideOptions): Promise<Engine> {
  const binary = await dynoxideBinary(options.log && { log: options.log });
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(binary, await hiddenAddress(), options);
    } catch (error) {
      // Another process may have taken the free port meanwhile.
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Return a random address in 127.0.0.0/8, so that no web page finds the engine: there are 2^24 addresses with 2^16 ports.
 * Where the loopback interface has only 127.0.0.1, as on macOS, just the port is random.
 */
async function hiddenAddress(): Promise<Address> {
  const host = `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;
  try {
    return { host, port: await freePort(host) };
  } catch (error) {
    if (codeOf(error) !== 'EADDRNOTAVAIL') throw error;
    return { host: '127.0.0.1', port: await freePort() };
  }
}

async function start(binary: string, { host, port }: Address, options: DynoxideOptions): Promise<Engine> {
  const args = [
    binary,
    '--host',
    host,
    '--port',
    String(port),
    ...(options.file === undefined ? [] : ['--db-path', options.file]),
  ];
  const [program, keeper] =
    process.platform === 'win32' ? [process.execPath, [WINDOWS_KEEPER]] : ['/bin/sh', ['-c', KEEPER]];
  const child = spawn(program, [...keeper, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
    // A separate process group: Ctrl-C in a terminal must not terminate the engine before the invocations that use it.
    detached: true,
    windowsHide: true,
  });
  const ended = watchEnd(child);
  const { died, reason } = ended;
  await listening(child, ended);
  let stopping = false;
  died.then(() => {
    if (!stopping) options.onDeath(new LocalStackError(`The embedded DynamoDB died: ${reason()}`));
  });
  return {
    endpoint: `http://${host}:${port}`,
    async stop() {
      stopping = true;
      await endKeeper(child);
    },
  };
}

interface End {
  /** Resolves when the engine has exited, which closes the pipe. */
  readonly died: Promise<void>;
  readonly stderr: () => string;
  /** Return the engine's last output. */
  readonly reason: () => string;
}

function watchEnd(child: ChildProcess): End {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-2000);
  });
  const died = new Promise<void>((resolve) => {
    child.stderr?.once('close', resolve);
    child.once('error', (error) => {
      text += error.message;
      resolve();
    });
  });
  const reason = () => {
    const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith(LISTENING));
    return lines.join(' ') || 'it printed no reason';
  };
  return { died, stderr: () => text, reason };
}

async function listening(child: ChildProcess, { died, stderr, reason }: End): Promise<void> {
  const outcome = await new Promise<'listening' | 'died' | 'late'>((resolve) => {
    const timer = setTimeout(() => resolve('late'), START_TIMEOUT_MS);
    const settle = (outcome: 'listening' | 'died') => {
      clearTimeout(timer);
      resolve(outcome);
    };
    child.stderr?.on('data', () => {
      if (stderr().includes(LISTENING)) settle('listening');
    });
    died.then(() => settle('died'));
  });
  if (outcome === 'listening') return;
  await endKeeper(child);
  throw new LocalStackError(`The embedded DynamoDB did not start: ${reason()}`);
}

async function endKeeper(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  // Windows has no process groups.
  const target = process.platform === 'win32' ? child.pid : -child.pid;
  const timer = setTimeout(() => process.kill(target, 'SIGKILL'), STOP_TIMEOUT_MS);
  child.stdin?.end();
  await exited;
  clearTimeout(timer);
}
