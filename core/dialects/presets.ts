import type { Preset } from '../model/preset.ts';
import { frappeCatalogue } from './frappe/catalogue.ts';
import { hirehopCatalogue } from './hirehop/catalogue.ts';
import { weavyCatalogue } from './weavy/catalogue.ts';

/** Only the function that offers the presets imports them, because of their samples. */
export const presets: readonly Preset[] = [
  {
    name: 'weavy',
    description: {
      en: "Weavy's standard events, which every project starts with",
      fr: 'Les événements standard de Weavy, dont chaque projet dispose au départ',
    },
    entries: weavyCatalogue,
  },
  {
    name: 'dokos',
    description: {
      en: 'Document events of the common DocTypes in Dokos and ERPNext',
      fr: 'Les événements des DocTypes courants de Dokos et d’ERPNext',
    },
    entries: frappeCatalogue,
  },
  {
    name: 'hirehop',
    description: {
      en: "HireHop's webhooks: jobs, invoices, contacts",
      fr: 'Les webhooks de HireHop\u00a0: affaires, factures, contacts',
    },
    entries: hirehopCatalogue,
  },
];
