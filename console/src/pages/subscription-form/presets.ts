import type { Draft } from './draft.ts';

export const PRESETS = ['standard', 'dokos', 'hirehop', 'weavy'] as const;
export type PresetName = (typeof PRESETS)[number];

type Settings = Partial<Draft>;

/** Every preset sets all of these, so that it resets the changes of the previous preset. */
const BASE: Settings = {
  format: 'standard',
  signature: 'standard',
  retry: 'standard',
  timeoutSeconds: 10,
  method: 'POST',
};

/** Settings that send webhooks as other systems do. Events and URL stay unchanged. */
export const PRESET_SETTINGS: Readonly<Record<PresetName, Settings>> = {
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
  // HireHop sends each event once, unsigned.
  hirehop: { ...BASE, format: 'hirehop', signature: 'none', retry: 'none' },
  weavy: { ...BASE, format: 'weavy' },
};
