import type { Customer } from './customers.ts';
import type { Random } from './random.ts';

/** What the events of one occurrence are about. */
interface Occurrence {
  readonly customer: Customer;
  readonly number: number;
}

interface MadeType {
  readonly description: string;
  readonly dataOf: (occurrence: Occurrence, random: Random) => object;
}

const money = (random: Random) => ({ total: random.between(900, 480_000) / 100, currency: 'EUR' });
const of = ({ customer }: Occurrence) => ({ customer: customer.id, customerName: customer.name });

const order = (status: string) => (about: Occurrence, random: Random) => ({
  id: `ord_${about.number}`,
  ...of(about),
  status,
  ...money(random),
  lines: [{ sku: `SKU-${random.between(100, 999)}`, quantity: random.between(1, 12) }],
});
const invoice = (status: string) => (about: Occurrence, random: Random) => ({
  id: `inv_${about.number}`,
  ...of(about),
  status,
  ...money(random),
  order: `ord_${about.number}`,
});
const payment = (status: string) => (about: Occurrence, random: Random) => ({
  id: `pay_${about.number}`,
  ...of(about),
  status,
  ...money(random),
  method: random.one(['card', 'transfer', 'direct debit']),
});
const shipment = (status: string) => (about: Occurrence, random: Random) => ({
  id: `shp_${about.number}`,
  ...of(about),
  status,
  carrier: random.one(['Colis Rapide', 'DHL', 'UPS']),
  parcels: random.between(1, 4),
});
const ticket = (status: string) => (about: Occurrence, random: Random) => ({
  id: `tic_${about.number}`,
  ...of(about),
  status,
  subject: random.one(['Cable missing', 'Wrong address', 'Invoice unclear', 'Late delivery']),
});
const contact = (about: Occurrence, random: Random) => ({
  id: `con_${about.number}`,
  ...of(about),
  name: random.one(['Ada Lovelace', 'Grace Hopper', 'Émilie du Châtelet', 'Sophie Germain']),
});

export const TYPES: Readonly<Record<string, MadeType>> = {
  'order.created': { description: 'A customer placed an order', dataOf: order('new') },
  'order.confirmed': { description: 'An order was confirmed', dataOf: order('confirmed') },
  'order.cancelled': { description: 'An order was cancelled', dataOf: order('cancelled') },
  'invoice.created': { description: 'An invoice was issued', dataOf: invoice('open') },
  'invoice.paid': { description: 'An invoice was paid in full', dataOf: invoice('paid') },
  'invoice.voided': { description: 'An invoice was cancelled', dataOf: invoice('void') },
  'payment.succeeded': { description: 'A payment arrived', dataOf: payment('succeeded') },
  'payment.failed': { description: 'A payment was declined', dataOf: payment('failed') },
  'payment.refunded': { description: 'A payment was returned', dataOf: payment('refunded') },
  'shipment.dispatched': { description: 'Parcels left the warehouse', dataOf: shipment('dispatched') },
  'shipment.delivered': { description: 'Parcels arrived', dataOf: shipment('delivered') },
  'shipment.delayed': { description: 'Parcels will arrive late', dataOf: shipment('delayed') },
  'ticket.opened': { description: 'A customer asked for help', dataOf: ticket('open') },
  'ticket.solved': { description: 'A request for help was solved', dataOf: ticket('solved') },
  'contact.created': { description: 'A person was added to the contacts', dataOf: contact },
  'contact.updated': { description: 'The details of a person changed', dataOf: contact },
};

/** The types of the events that an occurrence leads to, all about one customer. More frequent ones are listed more often. */
export const OCCURRENCES: readonly [readonly string[], ...(readonly string[])[]] = [
  ['order.created', 'order.confirmed', 'invoice.created', 'payment.succeeded', 'invoice.paid'],
  ['order.created', 'invoice.created', 'payment.succeeded', 'invoice.paid'],
  ['order.created', 'invoice.created', 'payment.failed'],
  ['shipment.dispatched', 'order.confirmed'],
  ['shipment.delivered'],
  ['shipment.delayed', 'ticket.opened'],
  ['ticket.solved'],
  ['order.cancelled', 'invoice.voided', 'payment.refunded'],
  ['contact.created'],
  ['contact.updated'],
];
