import { beforeAll, describe, expect, it } from 'vitest';
import { useStack } from '../support/stack.ts';

describe('a list', () => {
  const stack = useStack();
  const get = (path: string) => stack().call('GET', path);
  const subscribe = (name: string, project?: string) =>
    stack().subscribe({ url: 'http://127.0.0.1:9/', events: ['a'], name }, project);
  const named = (body: { data: { name: string }[] }) => body.data.map(({ name }) => name);

  let paths: string[];
  beforeAll(async () => {
    const other = await stack().newProject('other');
    for (const name of ['one', 'two', 'three']) {
      await subscribe(name);
      await subscribe(name, other);
      await stack().call('POST', 'keys', { name, scopes: ['read'] });
    }
    for (let n = 0; n < 3; n++) await stack().publish({ type: 'unwanted', id: `event-${n}`, data: {} });
    await stack().idle('events', 'internal');
    paths = [
      '/v1/projects',
      'keys',
      'event-types',
      'subscriptions',
      'events',
      `/v1/projects/${other}/subscriptions`,
    ];
  });

  it('continues from its own cursor, and rejects the cursor of any other list with 400', async () => {
    const cursors = new Map<string, string>();
    for (const path of paths) {
      const { body } = await get(`${path}?limit=1`);
      expect(body.data).toHaveLength(1);
      cursors.set(path, body.cursor);
    }
    for (const path of paths) {
      for (const [from, cursor] of cursors) {
        const { status, body } = await get(`${path}?limit=1&cursor=${cursor}`);
        expect(status, `${path} from ${from}`).toBe(path === from ? 200 : 400);
        if (path !== from) expect(body.errors[0].path).toBe('cursor');
      }
    }
  });

  it('rejects a cursor that was altered, and the cursor of another filter', async () => {
    const path = 'events?limit=1';
    const { cursor } = (await get(path)).body;
    const altered = cursor.slice(0, -1) + (cursor.endsWith('A') ? 'B' : 'A');
    for (const query of [`&cursor=${altered}`, `&cursor=${cursor}A`, `&type=unwanted&cursor=${cursor}`])
      expect((await get(path + query)).status).toBe(400);
    // The length of the pages may change on the way.
    expect((await get(`events?limit=100&cursor=${cursor}`)).body.data).toHaveLength(2);
  });

  it('shows nothing twice and misses nothing while subscriptions come and go', async () => {
    const busy = await stack().newProject('busy');
    const path = `/v1/projects/${busy}/subscriptions`;
    const ids = new Map<string, string>();
    const make = async (name: string) => ids.set(name, (await subscribe(name, busy)).id);
    const remove = (name: string) => stack().call('DELETE', `${path}/${ids.get(name)}`);
    for (let n = 0; n < 9; n++) await make(`s${n}`);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await get(`${path}?limit=2${query}`);
      seen.push(...named(body));
      cursor = body.cursor;
      // The item that the cursor points at disappears, and a newer one appears.
      await remove(named(body).at(-1) ?? '');
      await make(`later-${seen.length}`);
      if (seen.length === 2) await remove('s3');
    } while (cursor !== null);
    expect(seen).toEqual(['s8', 's7', 's6', 's5', 's4', 's2', 's1', 's0']);
  });
});
