import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { to, useReceiver } from '../support/receiver.ts';
import { useOwnStack } from '../support/stack.ts';

/** How long a copy of the deliver function may use what it has read of a project. */
const CACHED_MS = 10_000;
/** As many that each copy gets some of them. */
const MANY = 30;

describe('a changed project', () => {
  const stack = useOwnStack();
  const receiver = useReceiver();

  it('is known to every copy of the deliver function ten seconds later', async () => {
    const project = await stack().newProject('keyed', { exportKey: 'old' });
    await stack().subscribe({ url: receiver.url('/keyed'), events: ['keyed'], format: 'hirehop' }, project);
    const keysSent = async () => {
      const before = receiver.requests.filter(to('/keyed')).length;
      await stack().publish(
        Array.from({ length: MANY }, () => ({ type: 'keyed', data: {} })),
        project,
      );
      const requests = await receiver.waitFor(before + MANY, to('/keyed'));
      return [...new Set(requests.slice(before).map(({ body }) => JSON.parse(body).export_key))];
    };
    expect(await keysSent()).toEqual(['old']);
    await stack().done('PATCH', `/v1/projects/${project}`, { exportKey: 'new' });
    const changedAt = Date.now();
    await eventually('the copies may no longer use the old key', () => Date.now() - changedAt > CACHED_MS);
    expect(await keysSent()).toEqual(['new']);
  });
});
