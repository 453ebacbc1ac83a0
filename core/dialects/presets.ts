import type { Preset } from '../model/preset.ts';
import { frappeCatalogue } from './frappe/catalogue.ts';
import { hirehopCatalogue } from './hirehop/catalogue.ts';
import { weavyCatalogue } from './weavy/catalogue.ts';

/** Only the function that offers the presets imports them, because of their samples. */
export const presets: readonly Preset[] = [
  {
    name: 'weavy',
    description: "Weavy's standard events, which every project starts with",
    eventTypes: weavyCatalogue,
  },
  {
    name: 'dokos',
    description: 'Document events of the common DocTypes in Dokos and ERPNext',
    eventTypes: frappeCatalogue,
  },
  {
    name: 'hirehop',
    description: "HireHop's webhooks: jobs, invoices, contacts",
    eventTypes: hirehopCatalogue,
  },
];
