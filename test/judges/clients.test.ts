import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { built, describeWith, javaClassPath, pythonWith, run } from '../support/tool-chains.ts';

const DOCUMENT = resolve('docs/openapi.json');
/** A generator that cannot read OpenAPI 3.1 gets the translation. */
const DOCUMENT_30 = resolve('docs/openapi-3.0.json');
const CLIENTS = resolve('test/judges/clients');

describe('a client', () => {
  const stack = useStack();
  const receiver = useReceiver();

  /** Let a program publish to a project of its own, and check what it read and what the endpoint got. */
  async function expectRound(language: string, program: string, args: readonly string[]): Promise<void> {
    const { apiUrl, adminKey } = stack().outputs;
    const project = await stack().newProject(language);
    const [hook, event] = [receiver.url(`/${language}`), `evt-${language}`];
    const output = JSON.parse(await run(program, [...args, apiUrl, adminKey, project, hook, event]));
    expect(output).toEqual({
      eventType: 'invoice.paid',
      subscription: expect.stringMatching(/^sub_/),
      retry: 'none',
      mode: 'paced',
      accepted: event,
      problem: { status: 422, paths: ['data.total'] },
      attempt: { subscription: output.subscription, outcome: 'success', status: 200, error: null },
    });
    const [request] = receiver.requests.filter(({ path }) => path === `/${language}`);
    expect(request?.headers['webhook-id']).toBe(event);
    expect(JSON.parse(request?.body ?? '')).toMatchObject({ type: 'invoice.paid', data: { total: 120.5 } });
  }

  describe('that openapi-typescript has typed', () => {
    it('completes a round', async () => {
      await expectRound('typescript', process.execPath, [join(CLIENTS, 'typescript/main.ts')]);
    });
  });

  describeWith(['python3'], 'that openapi-python-client has made', () => {
    it('completes a round', async () => {
      const [requirements, config, main] = ['requirements.txt', 'config.yaml', 'main.py'].map((name) =>
        join(CLIENTS, 'python', name),
      ) as [string, string, string];
      const programs = await pythonWith(requirements);
      const folder = await built('python-client', [DOCUMENT, requirements, config, main], async (target) => {
        mkdirSync(target);
        const output = join(target, 'ancrage_client');
        const options = ['--path', DOCUMENT, '--output-path', output, '--meta', 'none', '--config', config];
        await run(join(programs, 'openapi-python-client'), ['generate', ...options]);
        copyFileSync(main, join(target, 'main.py'));
      });
      await expectRound('python', join(programs, 'python'), [join(folder, 'main.py')]);
    });
  });

  describeWith(['go'], 'that oapi-codegen has made', () => {
    it('completes a round', async () => {
      const module = join(CLIENTS, 'go');
      const files = ['go.mod', 'go.sum', 'main.go'].map((name) => join(module, name));
      const folder = await built('go-client', [DOCUMENT_30, ...files], async (target) => {
        cpSync(module, target, { recursive: true });
        const output = join(target, 'client/client.go');
        mkdirSync(dirname(output), { recursive: true });
        const options = ['-generate', 'types,client', '-package', 'client', '-o', output, DOCUMENT_30];
        await run('go', ['tool', 'oapi-codegen', ...options], target);
        await run('go', ['build', '-o', join(target, 'program'), '.'], target);
      });
      await expectRound('go', join(folder, 'program'), []);
    });
  });

  describeWith(['mvn'], 'that openapi-generator has made', () => {
    it('completes a round', async () => {
      const sources = ['src/main/java/judge/Main.java', DOCUMENT];
      const classPath = await javaClassPath(join(CLIENTS, 'java'), sources);
      await expectRound('java', 'java', ['-cp', classPath, 'judge.Main']);
    });
  });
});
