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
const exhausted = eventRecord(deliveryExhausted(about, NOW));
const seenBy = (...events: string[]) => JSON.parse(eventSeenBy({ events }, exhausted).data);

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
