import type { Draft } from './draft.ts';

export const PRESETS = ['standard', 'dokos', 'hirehop', 'weavy'] as const;
export type PresetName = (typeof PRESETS)[number];

type Settings = Partial<Draft>;

/** What every preset sets, so that each undoes what another has done. */
const PLAIN: Settings = {
  format: 'standard',
  signature: 'standard',
  retry: 'standard',
  timeoutSeconds: 10,
  method: 'POST',
};

/** How other systems send their webhooks, as settings of ours. Events and URL are left as they are. */
export const PRESET_SETTINGS: Readonly<Record<PresetName, Settings>> = {
  standard: PLAIN,
  // Frappe's Webhook DocType: rendered from the document, signed its own way, three tries.
  dokos: {
    ...PLAIN,
    format: 'template',
    template: '{\n  "name": {{ doc.name | tojson }},\n  "status": {{ doc.status | tojson }}\n}',
    signature: 'frappe',
    retry: [1, 4],
    timeoutSeconds: 5,
  },
  // One request, whose end interests nobody but the log.
  hirehop: { ...PLAIN, format: 'hirehop', signature: 'none', retry: 'none' },
  weavy: { ...PLAIN, format: 'weavy' },
};
