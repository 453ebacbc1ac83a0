import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { start } from '../support/child-process.ts';
import { useReceiver } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';
import { describeWith, pythonWith } from '../support/tool-chains.ts';
import { judgedDocument } from './schemathesis/judged-document.ts';

const FOLDER = resolve('test/judges/schemathesis');

describeWith(['python3'], 'Schemathesis', () => {
  const stack = useOwnStack();
  const receiver = useReceiver();
  const directory = mkdtempSync(join(tmpdir(), 'ancrage-schemathesis-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  /** Write the document that is judged. @returns its path */
  async function documentPath(): Promise<string> {
    const [project, spareProject] = [await stack().newProject('judged'), await stack().newProject('spare')];
    const answer = await fetch(`${stack().outputs.apiUrl}/openapi.json`);
    const origin = receiver.url('');
    const { id } = await stack().done('POST', `/v1/projects/${project}/subscriptions`, {
      ...{ url: `${origin}/hook`, events: ['judged'] },
    });
    const published = await stack().done('POST', `/v1/projects/${project}/events`, {
      type: 'judged',
      data: {},
    });
    const known = { project, spareProject, origin, subscription: id, event: published.id };
    const path = join(directory, 'openapi.json');
    writeFileSync(path, JSON.stringify(judgedDocument(await answer.text(), known)));
    return path;
  }

  it('finds no fault with any of its checks', async () => {
    const programs = await pythonWith(join(FOLDER, 'requirements.txt'));
    const { apiUrl, adminKey } = stack().outputs;
    const ended = await start(
      join(programs, 'schemathesis'),
      [
        ...['--config-file', join(FOLDER, 'schemathesis.toml'), 'run', await documentPath()],
        ...['--url', apiUrl, '--header', `Authorization: Bearer ${adminKey}`],
      ],
      { cwd: directory, env: { ...process.env, SCHEMATHESIS_HOOKS: join(FOLDER, 'hooks.py') } },
    ).ended;
    expect(ended.exitCode, ended.stdout + ended.stderr).toBe(0);
  });
});
