import { afterAll, describe, expect, it } from 'vitest';
import { Lines } from '../support/lines.ts';
import { status, to, useReceiver } from '../support/receiver.ts';
import { copySources } from '../support/source-copy.ts';
import { useOwnStack } from '../support/stack.ts';

const REQUEST = 'core/request/outgoing-request.ts';
const DELIVER = 'lambdas/deliver/index.ts';

describe('a stack that watches its sources', () => {
  const sources = copySources();
  afterAll(() => sources.remove());
  const lines = new Lines();
  const stack = useOwnStack({ watch: true, sourceRoot: sources.root, log: lines.log });
  const receiver = useReceiver();

  const append = (text: string) => (code: string) => `${code}\n${text}\n`;
  /** The lines about bundles after those so far, once there are so many. */
  const bundledNext = (count = 1) => {
    const before = lines.all.filter((line) => line.startsWith('Bundled ')).length;
    return async () => (await lines.waitFor(/^Bundled /, before + count)).slice(before);
  };

  it('delivers every event while the code changes, and the later ones with the new code', async () => {
    await stack().subscribe({ url: receiver.url('/changing'), events: ['changing'] });
    const published: string[] = [];
    const publish = async () => {
      const { body } = await stack().publish({ type: 'changing', data: { n: published.length } });
      published.push(body.id);
    };
    const delivered = () => receiver.requests.filter(to('/changing'));
    const agentOf = (id: string | undefined) =>
      delivered().find(({ headers }) => headers['webhook-id'] === id)?.headers['user-agent'];
    await publish();
    await receiver.waitFor(1, to('/changing'));
    sources.save({ [REQUEST]: (code) => code.replace('`Ancrage/$', '`Rewritten/$') });
    while (!delivered().some(({ headers }) => headers['user-agent']?.startsWith('Rewritten/')))
      await publish();
    await publish();

    const all = await receiver.waitFor(published.length, to('/changing'));
    expect(new Set(all.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(published));
    expect(agentOf(published.at(0))).toMatch(/^Ancrage\//);
    expect(agentOf(published.at(-1))).toMatch(/^Rewritten\//);
    const [line = ''] = await lines.waitFor(/^Bundled .*\bdeliver\b.* in \d+ ms$/);
    expect(line).not.toMatch(/\b(publish|authorize|fan-out)\b/);
  });

  it('answers a request in flight with the code that it began with', async () => {
    const arrived = Promise.withResolvers<() => void>();
    receiver.respond((_, response) => arrived.resolve(() => response.end()));
    const { id } = await stack().subscribe({ url: receiver.url('/held'), events: ['held'] });
    const answer = stack().done('POST', `subscriptions/${id}/test`, {});
    const release = await arrived.promise;
    const bundled = bundledNext();
    sources.save({ 'lambdas/trials/index.ts': append("console.warn('trials are new');") });
    expect(await bundled()).toEqual([expect.stringMatching(/^Bundled trials in \d+ ms$/)]);
    release();
    expect(await answer).toMatchObject({ outcome: 'success' });
    expect(lines.all).not.toContain('trials │ trials are new');

    receiver.respond(status(200));
    await stack().done('POST', `subscriptions/${id}/test`, {});
    await lines.waitFor(/^trials │ trials are new$/);
  });

  it('runs the former code while the new one does not compile, and says where it is wrong', async () => {
    receiver.respond(status(200));
    await stack().subscribe({ url: receiver.url('/broken'), events: ['broken'] });
    let good = '';
    sources.save({
      [DELIVER]: (code) => {
        good = code;
        return `const wrong = ;\n${code}`;
      },
    });
    const [error] = await lines.waitFor(/^deliver did not compile/);
    expect(error).toContain('Unexpected ";"');
    expect(error).toContain(`${DELIVER}:1:14`);
    await stack().publish({ type: 'broken', data: {} });
    await receiver.waitFor(1, to('/broken'));

    const bundled = bundledNext();
    sources.save({ [DELIVER]: () => `${good}\nconsole.warn('deliver is mended');\n` });
    expect(await bundled()).toEqual([expect.stringMatching(/^Bundled deliver in/)]);
    await stack().publish({ type: 'broken', data: {} });
    await receiver.waitFor(2, to('/broken'));
    await lines.waitFor(/^deliver │ deliver is mended$/);
  });

  it('bundles once after several saves at once, and not for a save without a change', async () => {
    const bundled = bundledNext(2);
    const comment = append('// saved');
    sources.save({
      [DELIVER]: comment,
      'lambdas/deliver/handler.ts': comment,
      'lambdas/sweep/index.ts': comment,
    });
    await bundledNext()();
    sources.save({ [DELIVER]: (code) => code, 'lambdas/projects/index.ts': comment });
    expect((await bundled()).map((line) => line.replace(/ in \d+ ms$/, ''))).toEqual([
      expect.stringMatching(/^Bundled (deliver, sweep|sweep, deliver)$/),
      'Bundled projects',
    ]);
  });

  it('says that a change of the stack needs another start', async () => {
    sources.save({ 'lib/config.ts': append('// saved') });
    await lines.waitFor(/^lib\/config\.ts may change the stack/);
  });
});
