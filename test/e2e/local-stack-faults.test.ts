import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../local/engines/free-port.ts';
import {
  expectOneSentence,
  listens,
  processesWith,
  run,
  startedMain,
  startMain,
  takenPort,
  temporaryDir,
} from '../integration/local/local-process.ts';

describe('npm start explains what to do', () => {
  it('if the port is taken', async () => {
    const dataDir = temporaryDir();
    const port = await takenPort();

    const main = startMain(['--data-dir', dataDir, '--port', String(port)]);

    await expectOneSentence(main, new RegExp(`^Port ${port} is in use: .*--port`));
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  it.each([
    ['is a file', 'file'],
    ['lies under a file', 'file/data'],
  ])('if the data directory %s', async (_, path) => {
    const dir = temporaryDir();
    writeFileSync(join(dir, 'file'), 'precious');

    await expectOneSentence(startMain(['--data-dir', join(dir, path)]), /is a file: .*--data-dir/);

    expect(readFileSync(join(dir, 'file'), 'utf8')).toBe('precious');
  });

  // Nothing is out of bounds for root.
  it.skipIf(process.getuid?.() === 0)('if the data directory is not writable', async () => {
    const dir = temporaryDir();
    chmodSync(dir, 0o500);

    await expectOneSentence(startMain(['--data-dir', dir]), /is not writable .*--data-dir/);
  });

  it('if another stack runs on the data directory, and leaves that stack alone', async () => {
    const dataDir = temporaryDir();
    const running = await startedMain(dataDir);
    const outputs = readFileSync(join(dataDir, 'outputs.json'), 'utf8');

    const second = startMain(['--data-dir', dataDir]);

    await expectOneSentence(second, new RegExp(`process ${running.pid}\\b.*--data-dir`));
    expect(readFileSync(join(dataDir, 'outputs.json'), 'utf8')).toBe(outputs);
    expect(await listens(running.outputs.apiUrl)).toBe(true);
    expect(await running.kill('SIGTERM')).toBe(0);
  });

  it('if there is no engine for the platform', async () => {
    const dataDir = temporaryDir();
    const elsewhere =
      "data:text/javascript,Object.defineProperty(process, 'platform', { value: 'sunos' });" +
      "Object.defineProperty(process, 'arch', { value: 'mips' });";

    const main = startMain(['--data-dir', dataDir], { preload: [elsewhere] });

    await expectOneSentence(
      main,
      /no package for sunos-mips: put dynoxide 1\.2\.1 on PATH.*--dynamodb-endpoint URL/,
    );
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  it.each(['127.0.0.1', 'localhost'])('if nothing listens at --dynamodb-endpoint on %s', async (host) => {
    const endpoint = `http://${host}:${await freePort()}`;

    const main = startMain(['--data-dir', temporaryDir(), '--dynamodb-endpoint', endpoint]);

    await expectOneSentence(
      main,
      new RegExp(`^The DynamoDB at ${endpoint} does not respond: .*ECONNREFUSED`),
    );
  });

  it('if --dynamodb-endpoint is not a DynamoDB', async () => {
    const server = createServer((_, response) => response.writeHead(404).end('<h1>Not here</h1>'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    const main = startMain(['--data-dir', temporaryDir(), '--dynamodb-endpoint', endpoint]);

    await expectOneSentence(main, new RegExp(`^The DynamoDB at ${endpoint} does not respond`));
  });

  it('if the stack does not synthesise, with the reason', async () => {
    const dataDir = temporaryDir();
    const fault = join(temporaryDir(), 'fault.mjs');
    writeFileSync(fault, "if (process.argv[1].endsWith('ancrage.ts')) throw new Error('no such stage');");

    const main = run('local/main.ts', ['--port', '0', '--data-dir', dataDir], {
      env: { NODE_OPTIONS: `--import=${pathToFileURL(fault)}` },
    });

    expect(await main.end).toBe(1);
    expect(main.stderr()).toMatch(/^The stack could not be synthesised:\n/);
    expect(main.stderr()).toContain('no such stage');
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  it.each([
    ['an unknown option', ['--nope'], /--nope/],
    ['a word that is not an option', ['start'], /start/],
    ['a port that is not a number', ['--port', '3000x'], /--port must be a number.*'3000x'/],
    [
      'an endpoint that is not a URL',
      ['--dynamodb-endpoint', 'localhost:8000'],
      /must be an http or https URL/,
    ],
  ])('with its usage and exit code 2 for %s', async (_, args, message) => {
    const main = run('local/main.ts', args);

    expect(await main.end).toBe(2);
    const [first, blank, usage] = main.stderr().split('\n');
    expect(first).toMatch(message);
    expect([blank, usage]).toEqual(['', 'Usage: npm start -- [options]']);
    expect(main.stderr()).not.toMatch(/^ +at /m);
    expect(main.stdout()).toBe('');
  });
});

describe('a local stack whose engine dies', () => {
  it('reports that, stops everything else and exits with 1', async () => {
    const dataDir = temporaryDir();
    const main = await startedMain(dataDir);
    const file = join(dataDir, 'dynamodb.sqlite');
    const engine = processesWith(file).find((pid) => pid !== keeperOf(file));
    if (engine === undefined) throw new Error('There is no engine');

    process.kill(engine, 'SIGKILL');

    expect(await main.end).toBe(1);
    expect(main.stderr()).toMatch(/^The embedded DynamoDB died: /m);
    expect(main.stderr()).not.toMatch(/^ +at /m);
    expect(await listens(main.outputs.apiUrl)).toBe(false);
    expect(await listens(main.outputs.awsEndpointUrlSqs)).toBe(false);
    expect(processesWith(file)).toEqual([]);
    expect(readdirSync(dataDir)).not.toContain('lock');
  });
});

/** The shell that ends the engine when the stack is gone has the engine's command line in its own. */
function keeperOf(file: string): number | undefined {
  const shells = processesWith('/bin/sh -c');
  return processesWith(file).find((pid) => shells.includes(pid));
}
