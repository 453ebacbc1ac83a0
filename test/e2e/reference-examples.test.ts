import { decodeHTML } from 'entities';
import { beforeAll, expect, it } from 'vitest';
import { start } from '../support/child-process.ts';
import { to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';
import { describeWith, type Program } from '../support/tool-chains.ts';

interface Language {
  readonly name: 'curl' | 'Node' | 'Python';
  readonly needs: readonly Program[];
  readonly command: (example: string) => readonly [program: string, ...args: string[]];
}

const LANGUAGES: readonly Language[] = [
  { name: 'curl', needs: ['curl'], command: (text) => ['/bin/sh', '-c', text] },
  {
    name: 'Node',
    needs: [],
    command: (text) => [process.execPath, '--input-type=module', '-e', text],
  },
  { name: 'Python', needs: ['python3'], command: (text) => ['python3', '-c', text] },
];

const SUBSCRIPTION = 'sub_01KC3ZJ0Y8W7R9V1N5M2T4Q6XA';

for (const { name, needs, command } of LANGUAGES)
  describeWith(needs, `the examples of the reference in ${name}`, () => {
    const stack = useStack();
    const receiver = useReceiver();
    let page: string;
    beforeAll(async () => {
      page = await (await fetch(`${stack().outputs.apiUrl}/docs`)).text();
    });

    /** Return an example as the page shows it. */
    function shown(operationId: string): string {
      const [, section = ''] = page.split(`<section class="operation" id="${operationId}"`);
      const [, example] =
        new RegExp(`data-language="${name}"[^>]*><code>(.*?)</code>`, 's').exec(section) ?? [];
      if (example === undefined) throw new Error(`${operationId} has no example in ${name}.`);
      return decodeHTML(example);
    }

    it('create, publish, list, change and delete, once their placeholders are filled in', async () => {
      const project = `${stack().project}-${name.toLowerCase()}`;
      const path = `/${name}`;
      const filled: [RegExp, string][] = [
        [/\berp\b/g, project],
        [/https:\/\/example\.com\/hook/g, receiver.url(path)],
      ];
      const runs = async (operationId: string): Promise<string> => {
        const text = filled.reduce(
          (text, [pattern, value]) => text.replace(pattern, value),
          shown(operationId),
        );
        const [program, ...args] = command(text);
        const env = { ...process.env, KEY: stack().adminKey };
        const { exitCode, stdout, stderr } = await start(program, args, { env }).ended;
        expect(exitCode, stderr).toBe(0);
        // Node and Python print the status, too.
        return name === 'curl' ? stdout : stdout.replace(/^2\d\d ?/, '');
      };
      const json = async (operationId: string) => JSON.parse(await runs(operationId));

      expect(await json('createProject')).toMatchObject({ id: project, name: 'Our ERP' });
      expect(await json('putEventType')).toMatchObject({ type: 'invoice.paid' });
      const { id } = await json('createSubscription');
      filled.push([new RegExp(SUBSCRIPTION, 'g'), id]);
      expect(await json('publishEvents')).toMatchObject({ id: 'invoice-1-paid' });
      const [request] = await receiver.waitFor(1, to(path));
      expect(JSON.parse(request?.body ?? '')).toMatchObject({ type: 'invoice.paid', data: { total: 120.5 } });
      expect((await json('listSubscriptions')).data).toMatchObject([{ id }]);
      expect(await json('changeSubscription')).toMatchObject({ id });
      expect(await json('rotateSigningSecret')).toHaveProperty('secret');
      expect(await json('processEntryPoint')).toBeDefined();
      expect(await runs('deleteSubscription')).toMatch(/^\s*$/);
      expect((await stack().call('GET', `/v1/projects/${project}/subscriptions/${id}`)).status).toBe(404);
      expect(await runs('deleteEventType')).toMatch(/^\s*$/);
    });
  });
