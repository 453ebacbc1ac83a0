import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { start } from '../support/child-process.ts';
import { useReceiver } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';
import { describeWith, pythonWith } from '../support/tool-chains.ts';

const FOLDER = resolve('test/judges/schemathesis');

/** The fields of bodies that are hook URLs. */
const HOOKS = {
  NewSubscription: 'url',
  SubscriptionPatch: 'url',
  WeavySubscribe: 'hookUrl',
  GivenWebhook: 'request_url',
};

describeWith(['python3'], 'Schemathesis', () => {
  const stack = useOwnStack();
  const receiver = useReceiver();
  const directory = mkdtempSync(join(tmpdir(), 'ancrage-schemathesis-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  /** The document, with names that exist: every request is to a project of its own, and to an endpoint on this machine. */
  async function documentOf(project: string, spare: string): Promise<string> {
    const answer = await fetch(`${stack().outputs.apiUrl}/openapi.json`);
    const text = (await answer.text()).replaceAll('https://example.com', receiver.url(''));
    const document = JSON.parse(text);
    for (const [name, field] of Object.entries(HOOKS)) {
      const { description } = document.components.schemas[name].properties[field];
      document.components.schemas[name].properties[field] = {
        description,
        type: 'string',
        enum: [receiver.url('/hook')],
      };
    }
    for (const methods of Object.values<Record<string, Operation>>(document.paths))
      for (const operation of Object.values(methods)) {
        const id = operation.operationId === 'deleteProject' ? spare : project;
        // A cursor comes from the page before: one that is made up is a 400.
        operation.parameters = (operation.parameters ?? [])
          .filter(({ name }) => name !== 'cursor')
          .map((each) =>
            each.name === 'project' ? { ...each, schema: { type: 'string', enum: [id] } } : each,
          );
      }
    const path = join(directory, 'openapi.json');
    writeFileSync(path, JSON.stringify(document));
    return path;
  }

  it('finds no fault with any of its checks', async () => {
    const programs = await pythonWith(join(FOLDER, 'requirements.txt'));
    const [project, spare] = [await stack().newProject('judged'), await stack().newProject('spare')];
    const { apiUrl, adminKey } = stack().outputs;
    const ended = await start(
      join(programs, 'schemathesis'),
      [
        ...['--config-file', join(FOLDER, 'schemathesis.toml'), 'run', await documentOf(project, spare)],
        ...['--url', apiUrl, '--header', `Authorization: Bearer ${adminKey}`],
      ],
      { cwd: directory },
    ).ended;
    expect(ended.exitCode, ended.stdout + ended.stderr).toBe(0);
  });
});

interface Operation {
  readonly operationId: string;
  parameters?: readonly { readonly name: string; readonly schema: object }[];
}
