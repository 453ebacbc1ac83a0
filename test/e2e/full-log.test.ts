import { describe, expect, it } from 'vitest';
import { FULL_FAILURES_PER_MINUTE } from '../../core/deliver/full-exchanges.ts';
import { eventually } from '../support/eventually.ts';
import { useReceiver, verify } from '../support/receiver.ts';
import { useStack } from '../support/stack.ts';

describe('the request log', () => {
  const stack = useStack();
  const receiver = useReceiver();
  /** Text that hardly compresses. */
  const noise = (length: number) =>
    Array.from({ length: Math.ceil(length / 36) }, () => crypto.randomUUID())
      .join('')
      .slice(0, length);
  const opened = ({ eventId, id }: { eventId: string; id: string }) =>
    stack().get(`events/${encodeURIComponent(eventId)}/attempts/${id}`);

  it('shows all of a failure: every header of the request with its signature, and a body of 300 characters', async () => {
    const cause = `Traceback: ${noise(289)}`;
    receiver.respond((_, response) => response.writeHead(500, { 'x-cause': noise(500) }).end(cause));
    const { id, secret } = await stack().subscribe({
      ...{ url: receiver.url('/cause'), events: ['cause'], retry: 'none' },
      headers: { 'x-team': 'erp', 'x-key': 'swordfish-123' },
    });
    const data = { note: noise(2000) };
    await stack().publish({ type: 'cause', data });
    const [inList] = await stack().attempts(id, 1);
    expect(inList.response.body).not.toBe(cause);
    expect(inList.response.truncated).toMatch(/^the list leaves out .*\d+ bytes of the body/);

    const attempt = await opened(inList);
    const [request] = receiver.requests.filter(({ path }) => path === '/cause');
    expect(attempt.response.body).toBe(cause);
    expect(attempt.response.headers['x-cause']).toHaveLength(500);
    expect(attempt.response).not.toHaveProperty('truncated');
    expect(attempt.request).not.toHaveProperty('truncated');
    expect(attempt.request.headers).toMatchObject({ 'x-team': '***', 'x-key': '***' });
    expect(JSON.parse(attempt.request.body)).toMatchObject({ data });
    expect(request?.body).toBe(attempt.request.body);
    // The signature is whole: it verifies.
    const { headers } = attempt.request;
    expect(verify(secret, { ...request, headers, body: attempt.request.body } as never)).toMatchObject({
      data,
    });
  });

  it('keeps 16 KB of a body, and says how much is cut', async () => {
    receiver.respond((_, response) => response.writeHead(500).end('y'.repeat(40 * 1024)));
    const { id } = await stack().subscribe({ url: receiver.url('/large'), events: ['large'], retry: 'none' });
    await stack().publish({ type: 'large', data: { text: 'x'.repeat(40_000) } });
    const [inList] = await stack().attempts(id, 1);
    const { request, response } = await opened(inList);
    expect(response.body).toBe('y'.repeat(16 * 1024));
    expect(response.truncated).toBe('the first 16384 of 40960 bytes are kept');
    expect(request.body).toHaveLength(16 * 1024);
    expect(request.truncated).toMatch(/^the first 16384 of 40\d\d\d bytes are kept$/);
  });

  it('keeps successes in full if the subscription wants it, and compact otherwise', async () => {
    const answer = noise(3000);
    receiver.respond((_, response) => response.end(answer));
    const shared = { events: ['fine'], url: receiver.url('/fine') };
    const full = await stack().subscribe({ ...shared, log: 'full' });
    const compact = await stack().subscribe(shared);
    expect((await stack().get(`subscriptions/${full.id}`)).log).toBe('full');
    expect((await stack().get(`subscriptions/${compact.id}`)).log).toBe('compact');
    await stack().publish({ type: 'fine', data: {} });
    const [whole] = await stack().attempts(full.id, 1);
    expect((await opened(whole)).response).toMatchObject({ status: 200, body: answer });
    const [short] = await stack().attempts(compact.id, 1);
    expect((await opened(short)).response.truncated).toMatch(/^left out: \d+ bytes of the body/);
    expect((await stack().done('PATCH', `subscriptions/${compact.id}`, { log: 'full' })).log).toBe('full');
  });

  it('keeps ten failures of a minute in full, and says of the others why they are compact', async () => {
    receiver.respond((_, response) => response.writeHead(400).end(noise(3000)));
    const { id } = await stack().subscribe({ url: receiver.url('/many'), events: ['many'], retry: 'none' });
    // Of three minutes at most, whenever the first of them ends.
    const made = 3 * FULL_FAILURES_PER_MINUTE + 1;
    const events = Array.from({ length: made }, () => ({ type: 'many', data: {} }));
    await stack().done('POST', 'events', events);
    const attempts = await Promise.all((await stack().attempts(id, made)).map(opened));
    const full = attempts.filter(({ response }) => response.truncated === undefined);
    expect(full.length).toBeGreaterThanOrEqual(FULL_FAILURES_PER_MINUTE);
    const compact = attempts.filter(({ response }) => response.truncated !== undefined);
    expect(compact).not.toEqual([]);
    for (const { response } of compact)
      expect(response.truncated).toMatch(/^left out because 10 of this minute are in full: \d+ bytes/);
  });

  it('has a place in the usage: the bytes of the day, in units of the table', async () => {
    receiver.respond((_, response) => response.writeHead(500).end(noise(3000)));
    const project = await stack().newProject('logged');
    const used = async () => (await stack().get(`/v1/projects/${project}/usage`)).loggedBytesToday;
    expect(await used()).toEqual({ used: 0, limit: 100_000_000 });
    const settings = { url: receiver.url('/logged'), events: ['logged'], retry: 'none' };
    await stack().subscribe(settings, project);
    await stack().publish({ type: 'logged', data: {} }, project);
    await eventually('they are counted', async () =>
      expect(await used()).toEqual({ used: 4096, limit: 100_000_000 }),
    );
  });

  it('shows an attempt of a test request, whose event is not stored', async () => {
    receiver.respond((_, response) => response.writeHead(500).end(noise(3000)));
    const { id } = await stack().subscribe({ url: receiver.url('/test'), events: ['test'] });
    const tested = await stack().done('POST', `subscriptions/${id}/test`, {});
    expect(await opened(tested)).toMatchObject({ response: tested.response });
  });

  it('has no attempt under an id that does not exist', async () => {
    const { status } = await stack().call(
      'GET',
      `/v1/projects/${stack().project}/events/evt_1/attempts/att_none`,
    );
    expect(status).toBe(404);
  });
});
