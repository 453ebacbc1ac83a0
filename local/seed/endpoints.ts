import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import type { NewSubscription } from '../../core/api-schemas/subscription.ts';
import { DAY_MS } from '../../core/kernel/clock.ts';
import { newSubscription } from '../../core/manage/new-subscription.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import { type Customer, customerOf } from './customers.ts';
import type { Random } from './random.ts';
import { TROUBLES, type Trouble } from './troubles.ts';

/** A made-up subscription with the past of its endpoint. */
export interface Endpoint {
  readonly subscription: Subscription;
  /** Whose events it gets; null if those of all customers. */
  readonly customer: Customer | null;
  readonly trouble: Trouble;
  /** When the trouble began, in milliseconds since the epoch. */
  readonly since: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The URLs lead to this machine, whatever their host is called: made-up data must not reach anybody. */
const HOOKS = 'http://hooks.localhost:18999';

type Settings = Pick<NewSubscription, 'name' | 'url' | 'events'> & Partial<NewSubscription>;

const OWN: readonly (readonly [name: string, events: readonly string[]])[] = [
  ['Data warehouse', ['*']],
  ['ERP', ['order.*', 'invoice.*', 'payment.*']],
  ['Analytics', ['*']],
  ['Audit trail', ['*']],
  ['Search index', ['order.*', 'contact.*', 'ticket.*']],
  ['Billing', ['invoice.*', 'payment.*']],
  ['CRM', ['contact.*', 'order.created', 'ticket.*']],
  ['Customer portal', ['order.*', 'shipment.*', 'invoice.*']],
  ['Fraud checks', ['payment.*', 'order.created']],
  ['Status board', ['*']],
  ['Finance archive', ['invoice.*', 'payment.*']],
  ['Loyalty points', ['order.*', 'payment.*', 'invoice.paid']],
];

/** What a customer connects, each with the types that it gets of the customer's own events. */
const CHANNELS: readonly [Channel, ...Channel[]] = [
  { name: 'ERP', events: ['order.*', 'invoice.*'] },
  { name: 'Accounting', events: ['invoice.paid', 'payment.*'] },
  { name: 'Slack', events: ['order.created', 'ticket.*', 'shipment.delayed'] },
  { name: 'Warehouse', events: ['shipment.*', 'order.confirmed'] },
];

interface Channel {
  readonly name: string;
  readonly events: readonly string[];
}

/** Of so many subscriptions one belongs to the project's owner, and one is in trouble. */
const OWN_EVERY = 10;
const TROUBLE_EVERY = 15;

/** Make the endpoints of a project. The same random numbers make the same endpoints. */
export function makeEndpoints(project: string, count: number, now: number, random: Random): Endpoint[] {
  const own = Math.min(OWN.length, Math.ceil(count / OWN_EVERY));
  return Array.from({ length: count }, (_, index) => {
    const createdAt = now - random.between(8, 400) * DAY_MS - random.between(0, DAY_MS);
    const seed = {
      at: createdAt,
      ulid: ulid(createdAt, random.next),
      entropy: randomBytes(32),
      resumed: false,
    };
    const place = index - own;
    const customer = place < 0 ? null : customerOf(Math.floor(place / CHANNELS.length));
    const settings = customer === null ? ownSettings(index) : customersSettings(customer, place);
    const isTroubled = place >= 0 && place % TROUBLE_EVERY === 7;
    const trouble = isTroubled
      ? (TROUBLES[Math.floor(place / TROUBLE_EVERY) % TROUBLES.length] ?? 'none')
      : 'none';
    return {
      subscription: newSubscription(project, settings, {}, seed),
      customer,
      trouble,
      since: now - troubledFor(trouble, random),
    };
  });
}

function ownSettings(index: number): Settings {
  const [name, events] = OWN[index] ?? ['Other', ['*']];
  return { name, events: [...events], url: `${HOOKS}/own/${name.toLowerCase().replaceAll(' ', '-')}` };
}

function customersSettings({ id, name }: Customer, place: number): Settings {
  const channel = CHANNELS[place % CHANNELS.length] ?? CHANNELS[0];
  return {
    name: `${name} · ${channel.name}`,
    events: [...channel.events],
    url: `${HOOKS}/${id}/${channel.name.toLowerCase()}`,
    condition: `data.customer == "${id}"`,
    metadata: { customer: id },
    ...(channel.name === 'Slack' && {
      format: 'template',
      template: '{"text": "{{ data.customerName }}: {{ event.type }} {{ data.id }}"}',
    }),
  };
}

/** Return for how long an endpoint has been in trouble, in milliseconds. */
function troubledFor(trouble: Trouble, random: Random): number {
  if (trouble === 'given-up') return 5 * DAY_MS + random.between(2, 20) * HOUR_MS;
  if (trouble === 'recovering' || trouble === 'down') return random.between(60, 40 * 60) * MINUTE_MS;
  return random.between(20, 3 * 24 * 60) * MINUTE_MS;
}
