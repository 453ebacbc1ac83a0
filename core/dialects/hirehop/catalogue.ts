import { toJsonText } from '../../kernel/json-text.ts';
import type { Texts } from '../../languages/language.ts';
import type { CatalogueEntry } from '../../model/event-type.ts';

/**
 * HireHop's events, as its documentation and the code of its subscribers name them; contacts are known only as
 * `contact.person.*` and `contact.company.*`. Field names are upper-case, and some numbers are texts.
 */

const job = {
  ID: 52,
  NUMBER: '52',
  JOB_NAME: 'Summer Festival, main stage',
  CLIENT_ID: 1023,
  COMPANY: 'Acme Events Ltd',
  NAME: 'Jane Smith',
  EMAIL: 'jane.smith@acme-events.example',
  DEPOT_ID: 1,
  DEPOT: 'Main Depot',
  OUT_DATE: '2026-06-10 08:00:00',
  JOB_DATE: '2026-06-11 09:00:00',
  JOB_END: '2026-06-14 23:00:00',
  RETURN_DATE: '2026-06-15 17:00:00',
  STATUS: '1',
  COLOUR: '#3399ff',
  LOCKED: 0,
  CUSTOM_FIELDS: { PO_NUMBER: 'PO-9981' },
};

const invoice = {
  ID: 310,
  NUMBER: 'INV-0310',
  JOB_ID: '52',
  CLIENT_ID: 1023,
  COMPANY: 'Acme Events Ltd',
  DATE: '2026-06-16',
  DUE: '2026-07-16',
  STATUS: '2',
  CURRENCY: 'GBP',
  NET: '1800.00',
  VAT: '360.00',
  TOTAL: '2160.00',
  PAID: '0.00',
};

const company = {
  ID: 1023,
  COMPANY: 'Acme Events Ltd',
  ADDRESS: '12 Market Street\nLeeds\nLS1 6DG',
  COUNTRY: 'GB',
  TELEPHONE: '+44 113 496 0000',
  EMAIL: 'office@acme-events.example',
  WEB: 'https://acme-events.example',
  VAT_NUMBER: 'GB123456789',
  CLIENT: 1,
  SUPPLIER: 0,
  DELETED: 0,
};

const person = {
  ID: 2044,
  COMPANY_ID: 1023,
  COMPANY: 'Acme Events Ltd',
  NAME: 'Jane Smith',
  JOB: 'Production manager',
  TELEPHONE: '+44 113 496 0001',
  CELL: '+44 7700 900123',
  EMAIL: 'jane.smith@acme-events.example',
  DELETED: 0,
};

export const hirehopCatalogue: readonly CatalogueEntry[] = [
  entry('job.created', { en: 'A job was created', fr: 'Une affaire a été créée' }, { ...job, STATUS: '0' }),
  entry('job.updated', { en: 'A job was changed', fr: 'Une affaire a été modifiée' }, job),
  entry(
    'job.status.updated',
    { en: 'The status of a job was changed', fr: 'Le statut d’une affaire a été modifié' },
    { ...job, STATUS: '2' },
  ),
  entry(
    'invoice.status.updated',
    { en: 'The status of an invoice was changed', fr: 'Le statut d’une facture a été modifié' },
    invoice,
  ),
  ...entriesOf(
    'contact.company',
    { en: 'A company of the address book', fr: 'Une société du carnet d’adresses' },
    company,
  ),
  ...entriesOf(
    'contact.person',
    { en: 'A person of the address book', fr: 'Une personne du carnet d’adresses' },
    person,
  ),
];

function entriesOf(kind: string, { en, fr }: Texts, sample: object) {
  return [
    entry(`${kind}.created`, { en: `${en} was created`, fr: `${fr} a été créée` }, sample),
    entry(`${kind}.updated`, { en: `${en} was changed`, fr: `${fr} a été modifiée` }, sample),
    entry(
      `${kind}.deleted`,
      { en: `${en} was deleted`, fr: `${fr} a été supprimée` },
      { ...sample, DELETED: 1 },
    ),
  ];
}

function entry(type: string, description: Texts, sample: object): CatalogueEntry {
  const samples = [toJsonText(sample)];
  return {
    eventType: { type, description: description.en, schema: null, samples, archived: false },
    description,
  };
}
