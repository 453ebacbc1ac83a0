import { describe, expect, it } from 'vitest';
import { ServerMessages } from '../../../../../core/dialects/frappe/server-messages.ts';
import type { JsonText } from '../../../../../core/kernel/json-text.ts';
import { messagesOf } from '../../../../support/frappe.ts';
import { inMemoryEvents } from '../../../../support/in-memory/events.ts';
import { silentLog } from '../../../../support/in-memory/log.ts';
import { inMemoryTenants } from '../../../../support/in-memory/projects-and-keys.ts';
import { eventRecord, NOW, subscriptionRecord } from '../../../../support/records.ts';

describe('the messages of a request', () => {
  let now = NOW;
  const events = inMemoryEvents(() => NOW);
  const open = () => {
    now = NOW;
    return new ServerMessages({ ...inMemoryTenants(() => NOW), events, clock: () => now, log: silentLog });
  };
  const webhook = (template: string) => subscriptionRecord({ format: 'template', template });
  const FAULTY = webhook('{{ doc.a.b }}');

  it('are none if all that was saved fits', async () => {
    await events.putOnce(eventRecord({ id: 'evt', data: '{"name":"<x>"}' as JsonText }), 'm');
    const messages = open();
    await messages.checkFit(webhook('{}'), 'fits');
    const body = { data: {} };
    expect(messages.within(body, '/api/resource/Webhook')).toBe(body);
  });

  it('quote nothing as HTML', async () => {
    const messages = open();
    await messages.checkFit(webhook('{{ doc.name }}'), '"<b>"');
    const [message] = messagesOf(messages.within({}, '/api/resource/Webhook'));
    expect(message).toMatch(
      /^Webhook &quot;&lt;b&gt;&quot;: .*<br>event evt of invoice\.created: .*&lt;x&gt;/,
    );
  });

  it('say which webhooks were not checked once those before have used up the time of the request', async () => {
    const messages = open();
    await messages.checkFit(FAULTY, 'first');
    now += 1000;
    await messages.checkFit(FAULTY, 'second');
    expect(messagesOf(messages.within({}, '/api/method/frappe.client.insert_many'))).toEqual([
      expect.stringMatching(/^Webhook first: Samples and events checked: 1\./),
      expect.stringMatching(/^Webhook second: .*could not be checked\.$/),
    ]);
  });
});
