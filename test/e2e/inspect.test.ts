import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from '../../local/engines/free-port.ts';
import { attach, type Debugger, type Place } from '../support/debugger.ts';
import { to, useReceiver } from '../support/receiver.ts';
import { copySources } from '../support/source-copy.ts';
import { startStack, useOwnStack } from '../support/stack.ts';

const DELIVER = 'core/deliver/deliver.ts';
const port = await freePort();

describe('a stack with a function that is inspected', () => {
  const sources = copySources();
  afterAll(() => sources.remove());
  const stack = useOwnStack({
    watch: true,
    sourceRoot: sources.root,
    inspect: { functionName: 'deliver', port },
  });
  const receiver = useReceiver();

  /** Where an invocation of deliver begins. */
  const beginning = (): Place => {
    const file = join(sources.root, DELIVER);
    const lines = readFileSync(file, 'utf8').split('\n');
    return { file, line: lines.findIndex((line) => line.includes('new EarlyDeletion(')) + 1 };
  };
  const scriptOf = async (debug: Debugger): Promise<string> => {
    const { url } = await debug.event('Debugger.scriptParsed', (script) =>
      script.url.endsWith('/deliver/index.js'),
    );
    return fileURLToPath(url);
  };
  let first: Debugger;

  it('stops at a breakpoint in TypeScript, without a timeout, and delivers once after it', async () => {
    first = await attach(port);
    await first.breakAt(await scriptOf(first), beginning());
    await stack().subscribe({ url: receiver.url('/stopped'), events: ['stopped'] });
    await stack().publish({ type: 'stopped', data: {} });

    const paused = await first.event('Debugger.paused');
    expect(first.placeOf(paused)).toEqual(beginning());
    expect(receiver.requests).toEqual([]);
    const { result } = await first.send('Debugger.evaluateOnCallFrame', {
      callFrameId: paused.callFrames[0].callFrameId,
      expression: 'until - Date.now()',
    });
    expect(result.value).toBeGreaterThan(3_600_000);
    expect(stack().functions.instances('deliver')).toBe(1);

    await first.send('Debugger.resume');
    await receiver.waitFor(1, to('/stopped'));
    await stack().settled();
    expect(receiver.requests.filter(to('/stopped'))).toHaveLength(1);
  });

  it('lets a debugger attach again at the same port when the code has changed', async () => {
    sources.save({ [DELIVER]: (code) => `// A line more.\n${code}` });
    await first.closed;

    const second = await attach(port);
    await second.breakAt(await scriptOf(second), beginning());
    await stack().subscribe({ url: receiver.url('/again'), events: ['again'] });
    await stack().publish({ type: 'again', data: {} });
    expect(second.placeOf(await second.event('Debugger.paused'))).toEqual(beginning());
    await second.send('Debugger.resume');
    await receiver.waitFor(1, to('/again'));
  });

  it('cannot be reached from another machine', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses = []) => addresses)
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) await expect(fetch(`http://${address}:${port}/json`)).rejects.toThrow();
    await expect(fetch(`http://127.0.0.1:${port}/json`)).resolves.toMatchObject({ status: 200 });
  });
});

describe('a stack that cannot inspect', () => {
  it('names the functions if there is none of the name', async () => {
    const start = startStack({ inspect: { functionName: 'delivr', port } });
    await expect(start).rejects.toThrow(
      /^There is no function delivr to inspect; the functions are .*deliver, /,
    );
  });

  it('says that the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => other.once('listening', listening));
    const { port: taken } = other.address() as { port: number };
    const start = startStack({ inspect: { functionName: 'deliver', port: taken } });
    await expect(start).rejects.toThrow(`Port ${taken} for the debugger is in use`);
    other.close();
  });
});
