import type { Preset } from '../model/preset.ts';
import { frappeCatalogue } from './frappe/catalogue.ts';
import { hirehopCatalogue } from './hirehop/catalogue.ts';
import { weavyCatalogue } from './weavy/catalogue.ts';

/** Apart from the formats: only the function that offers them carries their samples. */
export const presets: readonly Preset[] = [
  {
    name: 'weavy',
    description: "Weavy's standard events, with which each project starts",
    eventTypes: weavyCatalogue,
  },
  {
    name: 'dokos',
    description: 'What happens to the common documents of Dokos and ERPNext',
    eventTypes: frappeCatalogue,
  },
  {
    name: 'hirehop',
    description: "HireHop's webhooks: jobs, invoices, contacts",
    eventTypes: hirehopCatalogue,
  },
];
