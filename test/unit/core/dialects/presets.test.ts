import { describe, expect, it } from 'vitest';
import { readEventType } from '../../../../core/api-schemas/event-type.ts';
import { presets } from '../../../../core/dialects/presets.ts';
import { type JsonText, objectText, toJsonText } from '../../../../core/kernel/json-text.ts';

const eventTypes = presets.flatMap(({ entries }) => entries.map(({ eventType }) => eventType));

describe('the event types of presets', () => {
  it('are valid, and each occurs once', () => {
    for (const { type, description, samples } of eventTypes) {
      const settings = objectText({
        description: toJsonText(description),
        samples: `[${samples}]` as JsonText,
      });
      expect(readEventType(type, settings)).toEqual({
        ...{ type, description, samples },
        schema: null,
        archived: false,
      });
    }
    expect(new Set(eventTypes.map(({ type }) => type)).size).toBe(eventTypes.length);
  });

  it('include submission and cancellation only for DocTypes of Dokos that can be submitted', () => {
    const dokos = eventTypes.filter(({ samples }) => samples[0]?.includes('"doctype"'));
    const types = dokos.map(({ type }) => type);
    expect(types).toContain('Sales Invoice.on_cancel');
    expect(types).toContain('Customer.on_trash');
    expect(types).not.toContain('Customer.on_cancel');
    for (const { type, samples } of dokos) {
      const [docType, event = ''] = type.split('.');
      const document = JSON.parse(samples[0] ?? '');
      expect(document.doctype, type).toBe(docType);
      const docstatus: Record<string, number> = { on_submit: 1, on_update_after_submit: 1, on_cancel: 2 };
      if (event !== 'on_trash') expect(document.docstatus, type).toBe(docstatus[event] ?? 0);
      if (document.docstatus === 2) expect([undefined, 'Cancelled'], type).toContain(document.status);
    }
  });

  it('have another description in French, with its typography', () => {
    for (const { eventType, description } of presets.flatMap(({ entries }) => entries)) {
      expect(description.en).toBe(eventType.description);
      expect(description.fr).not.toBe(description.en);
      expect(description.fr, eventType.type).not.toMatch(/['"]| [:;?!]/);
    }
  });

  it('have upper-case field names for HireHop', () => {
    const hirehop = presets.find(({ name }) => name === 'hirehop')?.entries ?? [];
    expect(hirehop).not.toEqual([]);
    for (const { eventType } of hirehop)
      for (const field of Object.keys(JSON.parse(eventType.samples[0] ?? '')))
        expect(field).toMatch(/^[A-Z_]+$/);
  });
});
