import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Outputs } from '../../local/outputs.ts';
import { startInBackground } from '../support/background.ts';
import { eventually } from '../support/eventually.ts';
import { useReceiver } from '../support/receiver.ts';

const EVENTS = 10_000;
const PER_REQUEST = 100;
const AT_ONCE = 4;
const MOST_MB = 600;
const LIMIT_MS = 600_000;

/** Return what the processes of a group have in memory, in MB. */
function residentMB(group: number): number {
  const kilobytes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        if (Number(fields[2]) !== group) return 0;
        return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
      } catch {
        // It has ended meanwhile.
        return 0;
      }
    });
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

describe('npm start', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ancrage-memory-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  const receiver = useReceiver();

  it.runIf(process.platform === 'linux')(
    `takes at most ${MOST_MB} MB once it has delivered ${EVENTS.toLocaleString('en')} events`,
    async () => {
      const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
      const command = `exec ${scripts.start} --port 0 --data-dir ${dataDir}`;
      const stack = await startInBackground(command, /^Ancrage is ready$/m, process.cwd(), process.env);
      try {
        const { apiUrl, adminKey }: Outputs = JSON.parse(readFileSync(join(dataDir, 'outputs.json'), 'utf8'));
        const post = async (path: string, body: unknown) => {
          const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
          const url = new URL(`/v1/projects/demo/${path}`, apiUrl);
          const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
          await response.arrayBuffer();
          return response;
        };
        const arrived = new Set<unknown>();
        receiver.respond(({ headers }, response) => {
          arrived.add(headers['webhook-id']);
          response.writeHead(204).end();
        });
        expect((await post('subscriptions', { url: receiver.url(), events: ['*'] })).status).toBe(201);
        const batches = Array.from({ length: EVENTS / PER_REQUEST }, (_, batch) =>
          Array.from({ length: PER_REQUEST }, (_, n) => ({
            type: 'memory.test',
            id: `${batch}-${n}`,
            data: { n, text: 'x'.repeat(300) },
          })),
        );
        const publish = async () => {
          for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
            const events = batch;
            // A project's rate is limited.
            await eventually('they are accepted', async () => {
              const { ok, status } = await post('events', events);
              if (!ok) throw new Error(`answered ${status}`);
            });
          }
        };
        await Promise.all(Array.from({ length: AT_ONCE }, publish));
        await eventually(
          'all have arrived',
          async () => {
            if (arrived.size < EVENTS) throw new Error(`${arrived.size} arrived`);
          },
          LIMIT_MS,
        );
        expect(residentMB(stack.group)).toBeLessThan(MOST_MB);
      } finally {
        await stack.stop();
      }
    },
    LIMIT_MS + 300_000,
  );
});
