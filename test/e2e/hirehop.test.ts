import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReceivedRequest, type Receiver, startReceiver, status } from '../support/receiver.ts';
import { eventually, useStack } from '../support/stack.ts';

// The cases H1 to H7 of HireHop's webhooks.

const PROJECT = 'hire';
const TIME = /^\{"time":"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)",/;

describe("HireHop's webhooks", () => {
  const stack = useStack();
  const startedAt = Date.now();
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
    await newProject(PROJECT, { exportKey: '22u43mrjwe7u', companyId: 1 });
  });
  afterAll(() => receiver.stop());

  const newProject = (id: string, settings: object) =>
    stack().call('POST', '/v1/projects', { id, ...settings });
  const to = (path: string) => (request: { path: string }) => request.path === path;
  const tick = (path: string, events: string[], given: object = {}, project = PROJECT) =>
    stack().subscribe({ url: receiver.url(path), events, format: 'hirehop', ...given }, project);
  /** What came to a path, without the time, which must be one since the tests began. */
  const bodies = (path: string) => receiver.requests.filter(to(path)).map(afterTime);
  const afterTime = ({ body }: ReceivedRequest) => {
    const [start, time] = TIME.exec(body) ?? [];
    if (start === undefined || time === undefined) throw new Error(`It starts with no time: ${body}`);
    const sentAt = Date.parse(`${time.replace(' ', 'T')}Z`);
    // To the second: the one in which the tests began may have begun before them.
    expect(sentAt).toBeGreaterThan(startedAt - 1000);
    expect(sentAt).toBeLessThanOrEqual(Date.now());
    return `{${body.slice(start.length)}`;
  };
  /** Sends an event that a hook of its own gets, so that whatever was to arrive before has had its turn. */
  const settle = async (project = PROJECT) => {
    const path = `/settled-${receiver.requests.length}`;
    const { id } = await tick(path, ['settled'], {}, project);
    await stack().publish({ type: 'settled', data: {} }, project);
    await receiver.waitFor(1, to(path));
    await stack().call('DELETE', `/v1/projects/${project}/subscriptions/${id}`);
    await stack().idle('events', 'deliveries', 'retries');
  };
  const publishers: readonly [string, (event: string) => Promise<unknown>][] = [
    ['over HTTPS', (event) => stack().publish(event, PROJECT)],
    ['over the queue', (event) => stack().send(`{"project":"${PROJECT}",${event.slice(1)}`)],
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

  it.each(publishers)(
    "H1, H2, H5, H7: a job's new status comes to the letter, published %s",
    async (by, send) => {
      const path = `/h1-${by.length}`;
      const { id } = await tick(path, ['job.status.updated']);
      await send(jobEvent('job.status.updated', `h1-${by.length}`));
      const [request] = await receiver.waitFor(1, to(path));
      expect(bodies(path)).toEqual([jobBody('job.status.updated')]);
      expect(request?.headers['content-type']).toBe('application/json');
      expect(Object.keys(request?.headers ?? {}).filter((name) => /^webhook-|signature/.test(name))).toEqual(
        [],
      );
      await stack().call('DELETE', `/v1/projects/${PROJECT}/subscriptions/${id}`);
    },
  );

  it('H1: changes that are published come as they are, instead of what would be computed', async () => {
    await tick('/given', ['job.updated']);
    const changes = '{"STATUS":{"from":1.0,"to":2}}';
    await stack().publish(
      `{"type":"job.updated","data":{"NUMBER":7},"previous":{"NUMBER":8},"changes":${changes}}`,
      PROJECT,
    );
    await receiver.waitFor(1, to('/given'));
    expect(bodies('/given')[0]).toContain(`"data":{"NUMBER":7},"changes":${changes},"job":7}`);
  });

  it('H2: has nine keys, null for who is not known, where it is about no job', async () => {
    await tick('/h2', ['invoice.status.updated']);
    await stack().publish({ type: 'invoice.status.updated', data: { ID: 7 } }, PROJECT);
    await receiver.waitFor(1, to('/h2'));
    expect(bodies('/h2')).toEqual([
      '{"user_id":null,"user_name":null,"user_email":null,"company_id":1,"export_key":"22u43mrjwe7u",' +
        '"event":"invoice.status.updated","data":{"ID":7},"changes":{}}',
    ]);
  });

  it.each<[string, Parameters<Receiver['respond']>[0]]>([
    ['answers 500', status(500)],
    ['hangs', () => {}],
    ['asks for a retry', status(503, { 'retry-after': '1' })],
  ])(
    'H3: an endpoint that %s gets one request, which is logged, and publishing goes on',
    async (how, respond) => {
      const path = `/h3-${how.length}`;
      const type = `h3.${how.length}`;
      receiver.respond((request, response) =>
        (request.path === path ? respond : status(200))(request, response),
      );
      const { id } = await tick(path, [type], { timeoutSeconds: 1 });
      expect((await stack().publish({ type, data: {} }, PROJECT)).status).toBe(202);
      const attempts = async () =>
        (await stack().call('GET', `/v1/projects/${PROJECT}/subscriptions/${id}/attempts`)).body.data;
      await eventually(async () => (await attempts()).length > 0);
      expect(await attempts()).toMatchObject([{ number: 1, outcome: 'failure', nextAttemptAt: null }]);
      await settle();
      expect(receiver.requests.filter(to(path))).toHaveLength(1);
      receiver.respond(status(200));
    },
  );

  it('H4: an event that is not ticked comes to none, one that two hooks want comes to both', async () => {
    await tick('/h4-a', ['h4.a', 'h4.b']);
    await tick('/h4-b', ['h4.b']);
    for (const type of ['h4.a', 'h4.b', 'h4.c']) await stack().publish({ type, data: {} }, PROJECT);
    await settle();
    const events = (path: string) =>
      bodies(path)
        .map((body) => JSON.parse(body).event)
        .toSorted();
    expect([events('/h4-a'), events('/h4-b')]).toEqual([['h4.a', 'h4.b'], ['h4.b']]);
  });

  it('H5: the export key is the project’s, and the new one ten seconds after it was changed', async () => {
    await newProject('keyed', { exportKey: 'old' });
    await tick('/h5', ['h5'], {}, 'keyed');
    // So many that every copy of the function has some of them.
    const keysOfMany = async () => {
      const before = receiver.requests.filter(to('/h5')).length;
      const events = Array.from({ length: 30 }, () => ({ type: 'h5', data: {} }));
      await stack().publish(events, 'keyed');
      await receiver.waitFor(before + events.length, to('/h5'));
      const sent = bodies('/h5').slice(before);
      return [...new Set(sent.map((body) => JSON.parse(body).export_key))];
    };
    expect(await keysOfMany()).toEqual(['old']);
    await stack().call('PATCH', '/v1/projects/keyed', { exportKey: 'new' });
    const changedAt = Date.now();
    for (let isRemembered = true; isRemembered; ) {
      isRemembered = Date.now() - changedAt < 10_000;
      const keys = await keysOfMany();
      if (!isRemembered) expect(keys).toEqual(['new']);
    }
  });

  it.each(publishers)('H6: a write marked "no webhook" comes to none, published %s', async (by, send) => {
    const path = `/h6-${by.length}`;
    const type = `h6.${by.length}`;
    await tick(path, [type]);
    await send(`{"type":"${type}","data":{},"suppress":true}`);
    await send(`{"type":"${type}","data":{"N":2}}`);
    await receiver.waitFor(1, to(path));
    await settle();
    expect(bodies(path).map((body) => JSON.parse(body).data)).toEqual([{ N: 2 }]);
  });

  it('a wildcard stands for every event of a kind', async () => {
    await tick('/people', ['contact.person.*']);
    const types = ['contact.person.created', 'contact.company.created', 'contact.person.updated'];
    for (const type of types) await stack().publish({ type, data: { ID: 7 } }, PROJECT);
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

  it('the company of an event goes before that of the project', async () => {
    await tick('/company', ['company']);
    await stack().publish({ type: 'company', data: {}, companyId: 'C-2' }, PROJECT);
    await stack().publish({ type: 'company', data: {}, companyId: 17 }, PROJECT);
    await receiver.waitFor(2, to('/company'));
    const companies = bodies('/company').map((body) => JSON.parse(body).company_id);
    expect(companies.toSorted()).toEqual([17, 'C-2']);
    const refused = await stack().publish({ type: 'company', data: {}, companyId: 1.5 }, PROJECT);
    expect(refused.body.errors).toEqual([
      { path: 'companyId', message: 'is not an integer or a string of at most 256 characters' },
    ]);
  });

  describe('a subscription of this format', () => {
    const made = async (given: object) => {
      const subscriptions = `/v1/projects/${PROJECT}/subscriptions`;
      const settings = { url: receiver.url('/made'), events: ['made'], ...given };
      const { body } = await stack().call('POST', subscriptions, settings);
      return { ...body, path: `${subscriptions}/${body.id}` };
    };

    it('is made with one attempt and no signature, unless its owner says otherwise', async () => {
      expect(await made({ format: 'hirehop' })).toMatchObject({ retry: 'none', signature: 'none' });
      const said = { retry: [60], signature: 'standard' };
      expect(await made({ format: 'hirehop', ...said })).toMatchObject(said);
      expect(await made({})).toMatchObject({ retry: 'standard', signature: 'standard' });
    });

    it('has the retries and the signature that it had before it was changed to it', async () => {
      const { path } = await made({ format: 'data' });
      const changed = await stack().call('PATCH', path, { format: 'hirehop' });
      expect(changed.body).toMatchObject({ format: 'hirehop', retry: 'standard', signature: 'standard' });
    });
  });
});
