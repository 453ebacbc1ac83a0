import { describe, expect, it } from 'vitest';
import type { JsonText } from '../../../../core/kernel/json-text.ts';
import { toJsonText } from '../../../../core/kernel/json-text.ts';
import {
  deliveryExhausted,
  eventSeenBy,
  subscriptionDisabled,
} from '../../../../core/model/operational-event.ts';
import { eventRecord, NOW } from '../../../support/records.ts';

const first = { eventId: 'evt_1', eventType: 'invoice.created', attempts: 3 };
const about = { project: 'erp', url: 'https://example.com/hook', subscriptionId: 'sub_1', ...first };
const exhausted = eventRecord(deliveryExhausted(about, NOW, 'a key'));
const seenBy = (...events: string[]) => JSON.parse(eventSeenBy({ events }, exhausted).data);

describe('the report of exhausted deliveries', () => {
  const idOf = (changed: Partial<typeof about>, now = NOW, key = 'a key') =>
    deliveryExhausted({ ...about, ...changed }, now, key).id;
  const id = idOf({});

  it.each([
    'https://example.com',
    'https://EXAMPLE.com:443/other?token=1#a',
    'https://someone:secret@example.com/',
    'https:\\\\example.com\\hook',
    'https://example.com/{{ data.path }}',
    ' https://example.com?of={{ data.id }}',
    'https://example.com/{% if data.a %}a{% endif %}',
    'https://example.com/{literal}',
  ])('is the same for every URL of a server: %s', (url) => {
    expect(idOf({ url, subscriptionId: 'sub_2', eventId: 'evt_2' })).toBe(id);
  });

  it.each([
    ['scheme', { url: 'http://example.com/hook' }],
    ['host', { url: 'https://www.example.com/hook' }],
    ['port', { url: 'https://example.com:8443/hook' }],
    ['project', { project: 'shop' }],
  ])('is another for another %s', (_title, changed) => {
    expect(idOf(changed)).not.toBe(id);
  });

  it.each([
    '{{ data.url }}',
    'https://{{ data.host }}/hook',
    'https://example.com{{ data.rest }}',
    'https://example.com:{{ data.port }}/',
    'https://{% if data.a %}example.com{% endif %}/hook',
    '{# a comment #}https://example.com/',
  ])('is that of the template if its origin depends on the event: %s', (url) => {
    expect(idOf({ url })).toBe(idOf({ url, subscriptionId: 'sub_2' }));
    expect(idOf({ url })).not.toBe(id);
    expect(idOf({ url: `${url}2` })).not.toBe(idOf({ url }));
  });

  it('is another after five minutes', () => {
    expect(idOf({}, NOW + 300_000)).not.toBe(id);
  });

  it('cannot be computed without the key', () => {
    expect(idOf({}, NOW, 'another key')).not.toBe(id);
  });
});

describe('what an operational event says about another event', () => {
  it.each([
    [['ancrage.*', 'invoice.created']],
    [['ancrage.delivery.exhausted', 'invoice.*']],
    [['*', 'ancrage.*']],
  ])('is seen by a subscription whose patterns match that: %j', (events) => {
    expect(eventSeenBy({ events }, exhausted)).toBe(exhausted);
  });

  it.each([
    [['ancrage.*']],
    [['ancrage.delivery.exhausted']],
    [['ancrage.*', 'invoice']],
    [['ancrage.*', 'invoice.created.*']],
    [['ancrage.*', 'invoice.paid', 'job.*']],
  ])('is absent for any other: %j', (events) => {
    expect(seenBy(...events)).toEqual({ subscriptionId: 'sub_1', attempts: 3 });
  });

  it.each([
    [
      'of version 0.1',
      { subscriptionId: 'sub_1', eventId: 'evt_1', eventType: 'invoice.created', attempts: 3 },
    ],
    ['with a type alone', { eventType: 'invoice.created' }],
    ['with an id alone', { eventId: 'evt_1' }],
    ['with a type that is none', { eventId: 'evt_1', eventType: ['invoice.created'] }],
    ['about an operational event', { eventId: 'evt_1', eventType: 'ancrage.subscription.disabled' }],
  ])('is absent in one %s', (_title, data) => {
    const event = { ...exhausted, data: toJsonText(data) };
    const { eventId, eventType, ...others } = data as Record<string, unknown>;
    expect(JSON.parse(eventSeenBy({ events: ['ancrage.*'] }, event).data)).toEqual(others);
  });

  it('leaves everything else as it was written', () => {
    const data = '{"eventId":"e","n":1.10,"eventType":"t","10":12345678901234567890}' as JsonText;
    expect(eventSeenBy({ events: ['ancrage.*'] }, { ...exhausted, data })).toEqual({
      ...exhausted,
      data: '{"10":12345678901234567890,"n":1.10}',
    });
  });

  it('is nothing in one about a subscription', () => {
    const event = eventRecord(subscriptionDisabled('sub_1', 2, 'failing', exhausted.time));
    expect(eventSeenBy({ events: ['ancrage.*'] }, event)).toBe(event);
  });

  it('does not concern events of publishers with such members', () => {
    const event = eventRecord({ data: toJsonText(first) });
    expect(eventSeenBy({ events: ['invoice.*'] }, event)).toBe(event);
  });
});
