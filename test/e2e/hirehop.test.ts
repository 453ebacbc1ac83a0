import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ReceivedRequest, type Receiver, status, to, useReceiver } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

// The cases H1 to H7 of HireHop's webhooks.

const TIME = /^\{"time":"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)",/;

describe('the HireHop dialect', () => {
  const stack = useStack();
  const startedAt = Date.now();
  const receiver = useReceiver();
  let hire: string;
  beforeAll(async () => {
    hire = await stack().newProject('hire', { exportKey: '22u43mrjwe7u', companyId: 1 });
  });

  const tick = (path: string, events: string[], given: object = {}, project = hire) =>
    stack().subscribe({ url: receiver.url(path), events, format: 'hirehop', ...given }, project);
  /** The bodies of the requests to a path, without their times, each of which must be since the tests began. */
  const bodies = (path: string) => receiver.requests.filter(to(path)).map(afterTime);
  const afterTime = ({ body }: ReceivedRequest) => {
    const [start, time] = TIME.exec(body) ?? [];
    if (start === undefined || time === undefined)
      throw new Error(`The body does not start with a time: ${body}`);
    const sentAt = Date.parse(`${time.replace(' ', 'T')}Z`);
    // Times are in whole seconds, and the tests began within one.
    expect(sentAt).toBeGreaterThan(startedAt - 1000);
    expect(sentAt).toBeLessThanOrEqual(Date.now());
    return `{${body.slice(start.length)}`;
  };
  /** Delivers an event to a hook of its own, so that all earlier events have had their turn. */
  const settle = async (project = hire) => {
    const path = `/settled-${receiver.requests.length}`;
    const { id } = await tick(path, ['settled'], {}, project);
    await stack().publish({ type: 'settled', data: {} }, project);
    await receiver.waitFor(1, to(path));
    await stack().call('DELETE', `/v1/projects/${project}/subscriptions/${id}`);
    await stack().idle('events', 'internal', 'deliveries', 'retries', 'pumps');
  };
  const publishers: readonly [string, (event: string) => Promise<unknown>][] = [
    ['over HTTPS', (event) => stack().publish(event, hire)],
    ['over the queue', (event) => stack().send(`{"project":"${hire}",${event.slice(1)}`)],
  ];

  const jobEvent = (type: string, id: string) =>
    `{"type": "${type}", "id": "${id}", ` +
    '"data": {"ID": "52", "STATUS": "2", "TOTAL": 1.10, "BIG": 12345678901234567890}, ' +
    '"previous": {"ID": "52", "STATUS": "1", "TOTAL": 50000.0, "BIG": 12345678901234567890}, ' +
    '"actor": {"email": "john@email.com", "id": 1, "name": "John Smith"}}';
  const jobBody = (type: string) =>
    '{"user_id":1,"user_name":"John Smith","user_email":"john@email.com","company_id":1,' +
    `"export_key":"22u43mrjwe7u","event":"${type}",` +
    '"data":{"ID":"52","STATUS":"2","TOTAL":1.10,"BIG":12345678901234567890},' +
    '"changes":{"STATUS":{"from":"1","to":"2"},"TOTAL":{"from":50000.0,"to":1.10}},"job":52}';

  it.each(publishers)("H1, H2, H5, H7: sends a job's new status exactly, published %s", async (by, send) => {
    const path = `/h1-${by.length}`;
    const { id } = await tick(path, ['job.status.updated']);
    await send(jobEvent('job.status.updated', `h1-${by.length}`));
    const [request] = await receiver.waitFor(1, to(path));
    expect(bodies(path)).toEqual([jobBody('job.status.updated')]);
    expect(request?.headers['content-type']).toBe('application/json');
    expect(Object.keys(request?.headers ?? {}).filter((name) => /^webhook-|signature/.test(name))).toEqual(
      [],
    );
    await stack().call('DELETE', `/v1/projects/${hire}/subscriptions/${id}`);
  });

  it('H1: sends published changes as they are, instead of computed ones', async () => {
    await tick('/given', ['job.updated']);
    const changes = '{"STATUS":{"from":1.0,"to":2}}';
    await stack().publish(
      `{"type":"job.updated","data":{"NUMBER":7},"previous":{"NUMBER":8},"changes":${changes}}`,
      hire,
    );
    await receiver.waitFor(1, to('/given'));
    expect(bodies('/given')[0]).toContain(`"data":{"NUMBER":7},"changes":${changes},"job":7}`);
  });

  it('H2: sends eight keys where there is no job, with null for an unknown user', async () => {
    await tick('/h2', ['invoice.status.updated']);
    await stack().publish({ type: 'invoice.status.updated', data: { ID: 7 } }, hire);
    await receiver.waitFor(1, to('/h2'));
    expect(bodies('/h2')).toEqual([
      '{"user_id":null,"user_name":null,"user_email":null,"company_id":1,"export_key":"22u43mrjwe7u",' +
        '"event":"invoice.status.updated","data":{"ID":7},"changes":{}}',
    ]);
  });

  it.each<[string, Parameters<Receiver['respond']>[0]]>([
    ['responds with 500', status(500)],
    ['hangs', () => {}],
    ['asks for a retry', status(503, { 'retry-after': '1' })],
  ])(
    'H3: sends one request to an endpoint that %s, logs it, and goes on publishing',
    async (how, respond) => {
      const path = `/h3-${how.length}`;
      const type = `h3.${how.length}`;
      receiver.respond((request, response) =>
        (request.path === path ? respond : status(200))(request, response),
      );
      const { id } = await tick(path, [type], { timeoutSeconds: 1 });
      expect((await stack().publish({ type, data: {} }, hire)).status).toBe(202);
      const attempts = await eventually('an attempt is recorded', async () => {
        const { data } = await stack().get(`/v1/projects/${hire}/subscriptions/${id}/attempts`);
        return data.length > 0 && data;
      });
      expect(attempts).toMatchObject([{ number: 1, outcome: 'failure', nextAttemptAt: null }]);
      await settle();
      expect(receiver.requests.filter(to(path))).toHaveLength(1);
      receiver.respond(status(200));
    },
  );

  it('H4: sends an event to every hook that ticked it, and to no other', async () => {
    await tick('/h4-a', ['h4.a', 'h4.b']);
    await tick('/h4-b', ['h4.b']);
    for (const type of ['h4.a', 'h4.b', 'h4.c']) await stack().publish({ type, data: {} }, hire);
    await settle();
    const events = (path: string) =>
      bodies(path)
        .map((body) => JSON.parse(body).event)
        .toSorted();
    expect([events('/h4-a'), events('/h4-b')]).toEqual([['h4.a', 'h4.b'], ['h4.b']]);
  });

  it('H5: sends the export key of the project, and the new one once the old one is forgotten', async () => {
    const keyed = await stack().newProject('keyed', { exportKey: 'old' });
    await tick('/h5', ['h5'], {}, keyed);
    const keysSent = async () => {
      const before = receiver.requests.filter(to('/h5')).length;
      await stack().publish(
        [1, 2, 3].map((n) => ({ type: 'h5', data: { n } })),
        keyed,
      );
      await receiver.waitFor(before + 3, to('/h5'));
      return bodies('/h5')
        .slice(before)
        .map((body) => JSON.parse(body).export_key);
    };
    expect(await keysSent()).toEqual(['old', 'old', 'old']);
    await stack().done('PATCH', `/v1/projects/${keyed}`, { exportKey: 'new' });
    // A function caches a project for ten seconds, which a long test waits for; a new copy has cached nothing.
    for (const sender of ['deliver', 'pump']) await stack().functions.replace(sender);
    expect(await keysSent()).toEqual(['new', 'new', 'new']);
  });

  it.each(publishers)('H6: sends no write marked "no webhook", published %s', async (by, send) => {
    const path = `/h6-${by.length}`;
    const type = `h6.${by.length}`;
    await tick(path, [type]);
    await send(`{"type":"${type}","data":{},"suppress":true}`);
    await send(`{"type":"${type}","data":{"N":2}}`);
    await receiver.waitFor(1, to(path));
    await settle();
    expect(bodies(path).map((body) => JSON.parse(body).data)).toEqual([{ N: 2 }]);
  });

  it('sends every event that matches a wildcard', async () => {
    await tick('/people', ['contact.person.*']);
    const types = ['contact.person.created', 'contact.company.created', 'contact.person.updated'];
    for (const type of types) await stack().publish({ type, data: { ID: 7 } }, hire);
    await settle();
    expect(
      bodies('/people')
        .map((body) => JSON.parse(body))
        .map(({ event, job }) => [event, job])
        .toSorted(),
    ).toEqual([
      ['contact.person.created', undefined],
      ['contact.person.updated', undefined],
    ]);
  });

  it('prefers the company of an event to that of the project', async () => {
    await tick('/company', ['company']);
    await stack().publish({ type: 'company', data: {}, companyId: 'C-2' }, hire);
    await stack().publish({ type: 'company', data: {}, companyId: 17 }, hire);
    await receiver.waitFor(2, to('/company'));
    const companies = bodies('/company').map((body) => JSON.parse(body).company_id);
    expect(companies.toSorted()).toEqual([17, 'C-2']);
    const refused = await stack().publish({ type: 'company', data: {}, companyId: 1.5 }, hire);
    expect(refused.body.errors).toEqual([
      { path: 'companyId', message: 'is not an integer or a string of at most 256 characters' },
    ]);
  });

  describe('a subscription of this format', () => {
    const made = async (given: object) => {
      const subscriptions = `/v1/projects/${hire}/subscriptions`;
      const settings = { url: receiver.url('/made'), events: ['made'], ...given };
      const { body } = await stack().call('POST', subscriptions, settings);
      return { ...body, path: `${subscriptions}/${body.id}` };
    };

    it('is created with one attempt and no signature by default', async () => {
      expect(await made({ format: 'hirehop' })).toMatchObject({ retry: 'none', signature: 'none' });
      const said = { retry: [60], signature: 'standard' };
      expect(await made({ format: 'hirehop', ...said })).toMatchObject(said);
      expect(await made({})).toMatchObject({ retry: 'standard', signature: 'standard' });
    });

    it('keeps the retries and the signature that it had when its format is changed to it', async () => {
      const { path } = await made({ format: 'data' });
      const changed = await stack().call('PATCH', path, { format: 'hirehop' });
      expect(changed.body).toMatchObject({ format: 'hirehop', retry: 'standard', signature: 'standard' });
    });
  });
});
