import { toJsonText } from '../../kernel/json-text.ts';
import type { Catalogue } from '../../model/event-type.ts';

/**
 * Weavy's six standard events. The sample of NewOpportunity is Weavy's own, and that of NewCustomer has the fields that Weavy
 * documents; the others are not public, and modelled on these two.
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
};

const page = (kind: string, code: string) => `https://weavy.divalto.com/page/${kind}/${code}`;

export const weavyCatalogue: Catalogue = [
  entry('NewOpportunity', 'An opportunity was created', opportunity),
  entry('NewDeal', 'A deal was created', { ...opportunity, label: 'Ma nouvelle affaire', type: 'Affaire' }),
  entry('NewCustomer', 'A customer was created', {
    codecustomer: 'C0000001',
    ...address,
    url: page('customer', 'C0000001'),
  }),
  entry('NewProspect', 'A prospect was created', {
    codeprospect: 'P0000001',
    ...address,
    url: page('prospect', 'P0000001'),
  }),
  entry('NewSuspect', 'A suspect was created', {
    codesuspect: 'S0000001',
    ...address,
    url: page('suspect', 'S0000001'),
  }),
  entry('NewSubcontractor', 'A subcontractor was created', {
    codesubcontractor: 'T0000001',
    ...address,
    url: page('subcontractor', 'T0000001'),
  }),
];

function entry(type: string, description: string, sample: Record<string, string>) {
  return { type, description, schema: null, samples: [toJsonText(sample)], archived: false };
}
