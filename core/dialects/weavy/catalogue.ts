import { toJsonText } from '../../kernel/json-text.ts';
import type { Texts } from '../../languages/language.ts';
import type { CatalogueEntry } from '../../model/event-type.ts';

/**
 * Weavy's six standard events. The sample of NewOpportunity is Weavy's own. That of NewCustomer has the fields that Weavy documents
 * for it up to the fax number, and then those that follow in Weavy's documented customer; the others are not public, and modelled on
 * these two.
 */

const opportunity = {
  codedeal: '2010000000014',
  customerName: "A L'ATELIER DE DIJON",
  label: 'Ma nouvelle opportunité',
  type: "Appel d'offres",
  dealNumber: '',
  status: 'Active',
  creationDate: '2023-10-31 00:00:00',
  url: 'https://weavy.divalto.com/page/project/2010000000014',
};

const address = {
  name: "A L'ATELIER DE DIJON",
  address1: '12 rue de la Liberté',
  address2: '',
  address3: '',
  postalCode: '21000',
  city: 'Dijon',
  phoneNumber: '0380000000',
  faxNumber: '',
  mobilePhoneNumber: '0600000000',
  email: 'contact@atelier-dijon.example',
};

const page = (kind: string, code: string) => `https://weavy.divalto.com/page/${kind}/${code}`;

export const weavyCatalogue: readonly CatalogueEntry[] = [
  entry(
    'NewOpportunity',
    { en: 'An opportunity was created', fr: 'Une opportunité a été créée' },
    opportunity,
  ),
  entry(
    'NewDeal',
    { en: 'A deal was created', fr: 'Une affaire a été créée' },
    { ...opportunity, label: 'Ma nouvelle affaire', type: 'Affaire' },
  ),
  entry(
    'NewCustomer',
    { en: 'A customer was created', fr: 'Un client a été créé' },
    {
      codecustomer: 'C0000001',
      ...address,
      url: page('customer', 'C0000001'),
    },
  ),
  entry(
    'NewProspect',
    { en: 'A prospect was created', fr: 'Un prospect a été créé' },
    {
      codeprospect: 'P0000001',
      ...address,
      url: page('prospect', 'P0000001'),
    },
  ),
  entry(
    'NewSuspect',
    { en: 'A suspect was created', fr: 'Un suspect a été créé' },
    {
      codesuspect: 'S0000001',
      ...address,
      url: page('suspect', 'S0000001'),
    },
  ),
  entry(
    'NewSubcontractor',
    { en: 'A subcontractor was created', fr: 'Un sous-traitant a été créé' },
    {
      codesubcontractor: 'T0000001',
      ...address,
      url: page('subcontractor', 'T0000001'),
    },
  ),
];

function entry(type: string, description: Texts, sample: Record<string, string>): CatalogueEntry {
  const samples = [toJsonText(sample)];
  return {
    eventType: { type, description: description.en, schema: null, samples, archived: false },
    description,
  };
}
