import type { Choices } from './draft.ts';

export const PRESETS = ['standard', 'dokos', 'hirehop', 'weavy'] as const;
export type PresetName = (typeof PRESETS)[number];

/** Every preset sets all of these, so that it resets the changes of the previous preset; undefined is the default. */
const BASE: Choices = {
  format: undefined,
  signature: undefined,
  retry: undefined,
  timeoutSeconds: undefined,
  method: undefined,
};

/** Settings that send webhooks as other systems do. Events and URL stay unchanged. */
export const PRESET_SETTINGS: Readonly<Record<PresetName, Choices>> = {
  standard: BASE,
  // Frappe's Webhook DocType: rendered from the document, with Frappe's signature and three attempts.
  dokos: {
    ...BASE,
    format: 'template',
    template: '{\n  "name": {{ doc.name | tojson }},\n  "status": {{ doc.status | tojson }}\n}',
    signature: 'frappe',
    retry: [1, 4],
    timeoutSeconds: 5,
  },
  hirehop: { ...BASE, format: 'hirehop' },
  weavy: { ...BASE, format: 'weavy' },
};
