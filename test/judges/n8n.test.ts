import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

/** Its licence is no open one, and it takes 800 MB and minutes to install, so it is used only where somebody has installed it. */
const N8N = resolve(process.env.N8N_MODULES ?? '.local/judges/n8n');
const PACKAGES = 'n8n-core@2.40.3 n8n-nodes-base@2.40.2 n8n-workflow@2.40.1';
const isInstalled = existsSync(join(N8N, 'node_modules/n8n-core'));
if (!isInstalled)
  console.log(
    `Skipped: “the example of a workflow for n8n” needs n8n’s engine and nodes: npm install --prefix ${N8N} --ignore-scripts ${PACKAGES}`,
  );

const SECRET = 'a secret of n8n';
const workflow = JSON.parse(readFileSync('examples/n8n/workflow.json', 'utf8'));

interface Received {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Run the workflow once for each request, in turn. */
async function run(requests: readonly Received[]) {
  const child = spawn(process.execPath, [resolve('test/judges/n8n/run.cjs')], { cwd: N8N, stdio: 'pipe' });
  child.stdin.end(JSON.stringify({ workflow, secret: SECRET, requests }));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  // n8n prints a line of its own at the first start.
  const result = /\{"faults".*\}$/.exec(stdout)?.[0];
  if (result === undefined) throw new Error(stdout + stderr);
  return JSON.parse(result);
}

describe('the example of a workflow for n8n', () => {
  it('refuses what it must, whoever the engine is: without the right branch nothing reaches the work', () => {
    const targets = (name: string) =>
      workflow.connections[name].main.map((branch: { node: string }[]) => branch.map(({ node }) => node));
    expect(targets('Is the signature right?')).toEqual([['Accept'], ['Refuse']]);
    expect(workflow.connections).not.toHaveProperty('Refuse');
  });
});

describe.skipIf(!isInstalled)('the example of a workflow for n8n, in n8n’s engine', () => {
  const stack = useStack();
  const receiver = useReceiver();

  it('has parameters that n8n’s nodes know, accepts an event once, and refuses a wrong signature', async () => {
    const url = receiver.url('/n8n');
    await stack().subscribe({ url, events: ['example.n8n'], signature: 'github', secret: SECRET });
    await stack().publish({ type: 'example.n8n', id: 'n8n-1', data: { city: 'Orléans 😀', total: 12.5 } });
    const [request] = await receiver.waitFor(1, to('/n8n'));
    if (request === undefined) throw new Error('There is no request.');
    const { headers, body } = request;
    const { 'x-hub-signature-256': _, ...unsigned } = headers;

    const { faults, results } = await run([
      { headers, body },
      { headers, body },
      { headers: { ...headers, 'webhook-id': 'n8n-2' }, body: body.replace('12.5', '13.5') },
      { headers: { ...unsigned, 'webhook-id': 'n8n-3' }, body },
    ]);

    expect(faults).toEqual([]);
    expect(results).toEqual([
      { status: 204, ids: ['n8n-1'] },
      { status: 204, ids: [] },
      { status: 401, ids: [] },
      { status: 401, ids: [] },
    ]);
  });
});
