import { beforeEach, describe, expect, it } from 'vitest';
import { schemaFit } from '../../../../core/fit/schema-fit.ts';
import { decidesFit, subscriptionFit } from '../../../../core/fit/subscription-fit.ts';
import type { JsonText } from '../../../../core/kernel/json-text.ts';
import type { Event } from '../../../../core/model/event.ts';
import type { EventType } from '../../../../core/model/event-type.ts';
import type { Subscription } from '../../../../core/model/subscription.ts';
import type { EventStore } from '../../../../core/ports/event-store.ts';
import { inMemoryEvents } from '../../../support/in-memory/events.ts';
import { inMemoryTenants } from '../../../support/in-memory/projects-and-keys.ts';
import {
  eventRecord,
  eventTypeRecord,
  NOW,
  projectRecord,
  subscriptionRecord,
} from '../../../support/records.ts';

const MB = 1024 * 1024;
const PROJECT = 'erp';
const json = (value: unknown) => JSON.stringify(value) as JsonText;
const at = (ms: number) => new Date(NOW + ms).toISOString();

describe('a warning about what was saved', () => {
  let now = NOW;
  let logged: object[] = [];
  const log = {
    info: () => {},
    warn: (message: string, fields: object) => void logged.push({ message, ...fields }),
    error: () => {},
  };
  let tenants = inMemoryTenants(() => NOW);
  let events = inMemoryEvents(() => NOW);
  beforeEach(async () => {
    now = NOW;
    logged = [];
    tenants = inMemoryTenants(() => NOW);
    events = inMemoryEvents(() => NOW);
    await tenants.projects.create(projectRecord({ id: PROJECT }), []);
  });

  const ports = (more: { readonly events?: Partial<EventStore> } = {}) => ({
    ...tenants,
    clock: () => now,
    log,
    events: { ...events, ...more.events },
  });
  /** Store events, each a second newer than the one before. */
  const publish = async (...given: Partial<Event>[]) => {
    for (const [index, each] of given.entries())
      await events.putOnce(eventRecord({ acceptedAt: at(index * 1000), ...each }), `m${index}`);
  };
  const register = (given: Partial<EventType>) => tenants.eventTypes.put(PROJECT, eventTypeRecord(given));
  const saved = (given: Partial<Subscription>) => subscriptionRecord({ project: PROJECT, ...given });
  const template = (text: string, given: Partial<Subscription> = {}) =>
    saved({ format: 'template', template: text, ...given });
  const NEEDS_NAME = '{\n"name": "{{ doc.customer.name.upper() }}"}';
  const fits = json({ customer: { name: 'Ada' } });

  it('names the samples and the events, the newest first, and says why and how many were checked', async () => {
    await register({ samples: [fits, json({})] });
    await publish({ id: 'old' }, { id: 'fits', data: fits }, { id: 'new' });
    expect(await subscriptionFit(ports(), template(NEEDS_NAME))).toEqual({
      kind: 'render',
      detail: 'Samples and events checked: 5. No request can be made from 3 of them.',
      checked: 5,
      failed: 3,
      stoppedEarly: false,
      misfits: [
        { type: 'invoice.created', eventId: null, sample: 2 },
        { type: 'invoice.created', eventId: 'new', sample: null },
        { type: 'invoice.created', eventId: 'old', sample: null },
      ].map((misfit) => ({
        ...misfit,
        detail: expect.stringMatching(/^line 2: /),
        fault: { setting: 'template', line: 2 },
      })),
    });
    expect(logged).toEqual([]);
  });

  it('is not given if everything fits, or if there is nothing to check', async () => {
    expect(await subscriptionFit(ports(), template(NEEDS_NAME))).toBeNull();
    await register({ samples: [fits] });
    await publish({ data: fits });
    expect(await subscriptionFit(ports(), template(NEEDS_NAME))).toBeNull();
  });

  it('is about conditions and URLs, too', async () => {
    await publish({ id: 'one', data: json({ total: 'much', host: '' }) });
    const about = async (given: Partial<Subscription>) =>
      (await subscriptionFit(ports(), saved(given)))?.misfits.map(({ fault, detail }) => fault ?? detail);
    expect(await about({ condition: 'data.total > 5' })).toEqual([
      "The condition fails: '>' not supported between instances of 'str' and 'int'",
    ]);
    expect(await about({ dynamicUrl: true, url: 'https://example.com/{{ doc.host.x.y() }}' })).toEqual([
      { setting: 'url', line: 1 },
    ]);
    expect(await about({ dynamicUrl: true, dynamicOrigin: true, url: 'https://{{ doc.host }}/' })).toEqual([
      'The rendered URL is not valid.',
    ]);
  });

  it('is not given for events that the condition excludes, on which the template may rely', async () => {
    await publish({ data: json({}) }, { data: fits });
    expect(await subscriptionFit(ports(), template(NEEDS_NAME, { condition: 'doc.customer' }))).toBeNull();
  });

  it('is about the events that the patterns match, of no other project and not erased', async () => {
    await publish(
      { id: 'a', type: 'job.created' },
      { id: 'b', type: 'invoice.paid' },
      { id: 'c', type: 'other' },
      { id: 'd', type: 'job.created', project: 'crm' },
      { id: 'e', type: 'job.created' },
    );
    await events.erase(PROJECT, 'e', { at: at(0), undelivered: [] });
    for (const type of ['job.done', 'invoice.paid', 'other']) await register({ type, samples: [json({})] });
    const warning = await subscriptionFit(
      ports(),
      template(NEEDS_NAME, { events: ['job.*', 'invoice.paid'] }),
    );
    expect(warning?.misfits.map(({ type, eventId }) => [type, eventId])).toEqual([
      ['invoice.paid', null],
      ['job.done', null],
      ['invoice.paid', 'b'],
      ['job.created', 'a'],
    ]);
  });

  it('costs nothing for a subscription from which every event makes a request', async () => {
    const untouched = () => expect.unreachable();
    expect(
      await subscriptionFit(ports({ events: { list: untouched, get: untouched } }), saved({})),
    ).toBeNull();
  });

  it('covers the latest hundred events and shows ten', async () => {
    await publish(...Array.from({ length: 120 }, (_, index) => ({ id: `e${index}` })));
    const warning = await subscriptionFit(ports(), template(NEEDS_NAME));
    expect(warning).toMatchObject({ checked: 100, failed: 100, stoppedEarly: false });
    expect(warning?.misfits.map(({ eventId }) => eventId)).toEqual(
      Array.from({ length: 10 }, (_, index) => `e${119 - index}`),
    );
  });

  it('cuts reasons that are long', async () => {
    await publish({ data: json({ text: 'x'.repeat(5000) }) });
    const warning = await subscriptionFit(
      ports(),
      template('{{ doc.text }}{{ {}[doc.text] }}{{ doc.text.nothing.nothing() }}'),
    );
    expect(warning?.misfits[0]?.detail.length).toBeLessThanOrEqual(501);
  });

  it('reads at most 4 MB, and says that it stopped', async () => {
    const large = json({ text: 'x'.repeat(MB - 100) });
    await publish(...Array.from({ length: 9 }, (_, index) => ({ id: `e${index}`, data: large })));
    let bytes = 0;
    const get: EventStore['get'] = async (project, id) => {
      const event = await events.get(project, id);
      bytes += event?.data.length ?? 0;
      return event;
    };
    const warning = await subscriptionFit(ports({ events: { get } }), template(NEEDS_NAME));
    expect(warning).toMatchObject({ checked: 4, failed: 4, stoppedEarly: true });
    expect(bytes).toBeLessThanOrEqual(4 * MB);
    expect(bytes).toBeGreaterThan(3 * MB);
  });

  it('ends when the customer’s code has used its steps', async () => {
    await publish(...Array.from({ length: 100 }, () => ({})));
    const costly = '{% for i in range(9000) %}{% endfor %}{{ doc.customer.name.upper() }}';
    const warning = await subscriptionFit(ports(), template(costly));
    expect(warning?.stoppedEarly).toBe(true);
    expect(warning?.checked).toBeGreaterThan(5);
    expect(warning?.checked).toBeLessThan(100);
  });

  it('ends within the samples, too, which are read by the page', async () => {
    const samples = Array.from({ length: 10 }, () => json({}));
    for (let type = 0; type < 10; type++) await register({ type: `job.${type}`, samples });
    const costly = '{% for i in range(9000) %}{% endfor %}{{ doc.customer.name.upper() }}';
    const warning = await subscriptionFit(ports(), template(costly, { events: ['job.*'] }));
    expect(warning?.stoppedEarly).toBe(true);
    expect(warning?.checked).toBeLessThan(100);
  });

  it('is not given if the steps were used up without a fault', async () => {
    await publish(...Array.from({ length: 100 }, () => ({})));
    const costly = '{% for i in range(9000) %}{% endfor %}{}';
    expect(await subscriptionFit(ports(), template(costly))).toBeNull();
  });

  it('ends after a second, with what it has found', async () => {
    await publish(...Array.from({ length: 20 }, () => ({})));
    const get: EventStore['get'] = (project, id) => {
      now += 90;
      return events.get(project, id);
    };
    const warning = await subscriptionFit(ports({ events: { get } }), template(NEEDS_NAME));
    expect(warning?.stoppedEarly).toBe(true);
    expect(warning?.checked).toBeLessThan(20);
    expect(warning?.failed).toBe(warning?.checked);
  });

  it('says that nobody knows if the table does not respond', { timeout: 10_000 }, async () => {
    now = Date.now();
    const list = () => new Promise<never>(() => {});
    const warning = await subscriptionFit(
      { ...ports({ events: { list } }), clock: Date.now },
      template(NEEDS_NAME),
    );
    expect(warning).toMatchObject({
      kind: 'unchecked',
      checked: 0,
      failed: 0,
      stoppedEarly: true,
      misfits: [],
    });
    expect(logged).toMatchObject([{ message: 'fit not checked', reason: 'took too long' }]);
  });

  it('says that nobody knows if the table is throttled, and logs it', async () => {
    const throttled = new Error('throttled');
    const list = () => Promise.reject(throttled);
    await register({ samples: [fits] });
    const subscription = template(NEEDS_NAME);
    expect(await subscriptionFit(ports({ events: { list } }), subscription)).toEqual({
      kind: 'unchecked',
      detail: expect.stringContaining('could not be checked'),
      checked: 1,
      failed: 0,
      stoppedEarly: true,
      misfits: [],
    });
    expect(logged).toEqual([
      {
        message: 'fit not checked',
        project: PROJECT,
        id: subscription.id,
        kind: 'render',
        checked: 1,
        reason: 'failed',
        error: throttled,
      },
    ]);
  });

  it('is about what had been found before the table was throttled', async () => {
    await register({ samples: [json({})] });
    const list = () => Promise.reject(new Error('throttled'));
    const warning = await subscriptionFit(ports({ events: { list } }), template(NEEDS_NAME));
    expect(warning).toMatchObject({ kind: 'render', checked: 1, failed: 1, stoppedEarly: true });
  });

  it('is about a schema, with the paths at fault', async () => {
    const schema = json({ properties: { total: { type: 'string' } }, required: ['total'] });
    await register({ samples: [json({ total: '1' }), json({})] });
    await publish({ id: 'a' }, { id: 'b', type: 'invoice.created.twice' });
    expect(await schemaFit(ports(), PROJECT, { type: 'invoice.created', schema })).toEqual({
      kind: 'schema',
      detail: 'Samples and events checked: 3. Of these, 2 do not satisfy the schema.',
      checked: 3,
      failed: 2,
      stoppedEarly: false,
      misfits: [
        {
          type: 'invoice.created',
          eventId: null,
          sample: 2,
          detail: expect.stringMatching(/^data\.?.*total/),
        },
        {
          type: 'invoice.created',
          eventId: 'a',
          sample: null,
          detail: expect.stringMatching(/^data\.total /),
        },
      ],
    });
  });

  it('is not about a type without a schema', async () => {
    await publish({ id: 'a' });
    expect(await schemaFit(ports(), PROJECT, { type: 'invoice.created', schema: null })).toBeNull();
  });

  it('ends when checking against a schema has taken its steps, but blames an event that takes them all', async () => {
    const schema = json({ items: { allOf: Array.from({ length: 100 }, () => ({ not: { const: 1 } })) } });
    const list = (length: number) => json(Array.from({ length }, () => 0));
    const about = { type: 'invoice.created', schema };
    await publish(...Array.from({ length: 30 }, (_, index) => ({ id: `e${index}`, data: list(600) })));
    expect(await schemaFit(ports(), PROJECT, about)).toBeNull();
    await publish({ id: 'z', acceptedAt: at(100_000), data: list(20_000) });
    expect(await schemaFit(ports(), PROJECT, about)).toMatchObject({
      kind: 'schema',
      checked: 1,
      failed: 1,
      stoppedEarly: true,
      misfits: [{ eventId: 'z', detail: expect.stringContaining('takes more than') }],
    });
  });

  it('is looked for only after a change of a setting that decides it', () => {
    expect(decidesFit({ template: '{}' })).toBe(true);
    expect(decidesFit({ condition: null })).toBe(true);
    expect(decidesFit({ paused: true, name: 'x', retry: 'none' })).toBe(false);
  });
});
