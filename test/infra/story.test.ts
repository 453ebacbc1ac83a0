import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stories } from '../story/follow.ts';
import { MOST_MODULES } from '../story/limits.ts';

describe('the way of an event', () => {
  const all = stories(resolve('.'), Object.keys(MOST_MODULES));

  it.each(all)('takes few modules from the handler of $stage to a port', ({ stage, chains }) => {
    expect(chains.length).toBeGreaterThan(0);
    for (const { modules } of chains) expect(modules.length).toBeLessThanOrEqual(MOST_MODULES[stage] ?? 0);
  });

  it.each(all)('calls no function that arrives through a parameter: $stage', ({ throughParameters }) => {
    expect(throughParameters).toEqual([]);
  });

  it('leads to the ports that do the work', () => {
    const portsOf = (stage: string) =>
      all.find((story) => story.stage === stage)?.chains.map(({ port }) => port.split(' ')[0]);
    expect(portsOf('publish')).toContain('Queue.send');
    expect(portsOf('fan-out')).toEqual(
      expect.arrayContaining(['EventStore.putOnce', 'BindingStore.page', 'Queue.send']),
    );
    expect(portsOf('deliver')).toEqual(
      expect.arrayContaining([
        'Sender.send',
        'AttemptLog.record',
        'Mailbox.write',
        'FlowStore.change',
        'FlowStore.wake',
        'Queue.send',
      ]),
    );
    expect(portsOf('pump')).toEqual(
      expect.arrayContaining([
        'FlowStore.take',
        'Mailbox.read',
        'Sender.send',
        'AttemptLog.record',
        'Mailbox.write',
        'FlowStore.release',
        'Queue.send',
      ]),
    );
    expect(portsOf('sweep')).toEqual(
      expect.arrayContaining(['DueWorkStore.claim', 'DueWorkStore.callPump', 'Queue.send']),
    );
  });
});

describe('following calls', () => {
  const root = mkdtempSync(join(tmpdir(), 'ancrage-story-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  write('tsconfig.json', '{"compilerOptions": {"allowImportingTsExtensions": true, "noEmit": true}}');
  write('core/ports/store.ts', 'export interface Store { put(): void }');
  write(
    'core/adapters/table/store.ts',
    "import type { Store } from '../../ports/store.ts';\nexport const store = (): Store => ({ put() {} });",
  );
  write(
    'core/work/work.ts',
    `import type { Store } from '../ports/store.ts';
     export function work(store: Store, then: () => void) { then(); store.put(); }`,
  );
  write(
    'lambdas/publish/handler.ts',
    `import { work } from '../../core/work/work.ts';
     import { store } from '../../core/adapters/table/store.ts';
     export const handler = () => work(store(), () => {});`,
  );

  it('finds the way to a port, and a function that arrives through a parameter', () => {
    const [story] = stories(root, ['publish']);
    expect(story?.throughParameters).toEqual(['then in core/work/work.ts']);
    expect(story?.chains.map(({ port, modules }) => [port, modules])).toEqual([
      ['Store.put (table)', ['lambdas/publish/handler.ts', 'core/work/work.ts', 'core/adapters/table']],
    ]);
  });
});
