import { describe, expect, it } from 'vitest';
import { presets } from '../../core/dialects/presets.ts';
import { useStack } from '../support/stack.ts';

describe('presets', () => {
  const stack = useStack();
  const newProject = async (name: string) => `/v1/projects/${await stack().newProject(name)}`;
  const typesOf = (name: string) =>
    presets.find((preset) => preset.name === name)?.entries.map(({ eventType }) => eventType.type) ?? [];

  it('are listed with their event types', async () => {
    const { status, body } = await stack().call('GET', 'presets');
    expect([status, body.cursor]).toEqual([200, null]);
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(['weavy', 'dokos', 'hirehop']);
    expect(body.data[2].eventTypes).toContainEqual({
      type: 'job.status.updated',
      description: 'The status of a job was changed',
    });
  });

  it.each(['weavy', 'dokos', 'hirehop'])(
    'are loaded with samples, and a second time without a change: %s',
    async (name) => {
      const project = await newProject(`loads-${name}`);
      const { status, body } = await stack().call('PUT', `${project}/presets/${name}`);
      const known = name === 'weavy' ? typesOf('weavy') : [];
      const added = typesOf(name).filter((type) => !known.includes(type));
      expect([status, body]).toEqual([200, { preset: name, added, existing: known }]);
      const listed = await stack().call('GET', `${project}/event-types?limit=100`);
      const names = listed.body.data.map(({ type }: { type: string }) => type);
      expect(names).toEqual([...new Set([...typesOf('weavy'), ...typesOf(name)])].toSorted());
      for (const { samples, description } of listed.body.data)
        expect([samples.length, typeof description]).toEqual([1, 'string']);

      const again = await stack().call('PUT', `${project}/presets/${name}`);
      expect(again.body).toEqual({ preset: name, added: [], existing: typesOf(name) });
      expect((await stack().call('GET', `${project}/event-types?limit=100`)).text).toBe(listed.text);
    },
  );

  it('leave the existing event types of a project as they are', async () => {
    const project = await newProject('has-types');
    const one = `${project}/event-types/job.created`;
    const own = await stack().call('PUT', one, {
      description: 'Ours',
      archived: true,
      schema: { type: 'object' },
    });
    const { body } = await stack().call('PUT', `${project}/presets/hirehop`);
    expect(body.existing).toEqual(['job.created']);
    expect(body.added).toHaveLength(typesOf('hirehop').length - 1);
    expect((await stack().call('GET', one)).text).toBe(own.text);
  });

  it('add each type once when they are loaded twice at once', async () => {
    const project = await newProject('at-once');
    const answers = await Promise.all([1, 2].map(() => stack().call('PUT', `${project}/presets/dokos`)));
    expect(answers.flatMap(({ body }) => body.added).toSorted()).toEqual(typesOf('dokos').toSorted());
  });

  it('have samples as Frappe writes documents', async () => {
    const project = await newProject('frappe');
    await stack().call('PUT', `${project}/presets/dokos`);
    const type = encodeURIComponent('Sales Invoice.on_submit');
    const { text } = await stack().call('GET', `${project}/event-types/${type}/samples`);
    expect(text).toContain('"doctype":"Sales Invoice"');
    expect(text).toContain('"docstatus":1');
    expect(text).toContain('"grand_total":1440.0,');
  });

  it('are refused by an unknown name, to keys without the scope, and in other projects', async () => {
    const project = await newProject('guarded');
    for (const unknown of ['nothing', 'constructor', 'x'.repeat(300)])
      expect((await stack().call('PUT', `${project}/presets/${unknown}`)).status).toBe(404);
    const key = { name: 'reader', scopes: ['read'] };
    const reader = { bearer: (await stack().call('POST', `${project}/keys`, key)).body.secret };
    expect((await stack().call('PUT', `${project}/presets/hirehop`, undefined, reader)).status).toBe(403);
    expect((await stack().call('GET', `${project}/presets`, undefined, reader)).status).toBe(200);
    expect((await stack().call('GET', 'presets', undefined, reader)).status).toBe(404);
    expect((await stack().call('PUT', '/v1/projects/nowhere/presets/hirehop')).status).toBe(404);
  });
});
