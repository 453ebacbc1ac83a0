import { ulid } from 'ulid';
import { DAY_MS } from '../../core/kernel/clock.ts';
import { toJsonText } from '../../core/kernel/json-text.ts';
import { acceptedEvent, type Event } from '../../core/model/event.ts';
import { matches } from '../../core/model/event-pattern.ts';
import type { Project } from '../../core/model/project.ts';
import { OCCURRENCES, TYPES } from './catalogue.ts';
import type { Customer } from './customers.ts';
import type { Endpoint } from './endpoints.ts';
import type { Random } from './random.ts';

/** Made-up data spans so many days. */
export const SPAN_MS = 7 * DAY_MS;
/** The last events are so old that their first attempts are over. */
const NEWEST_MS = 15_000;
/** A fifth of the occurrences happen on their own; of the others up to so many are published together. */
const ALONE = 0.2;
const MOST_TOGETHER = 3;
/** The share of occurrences that concern a customer with an endpoint in trouble. */
const TROUBLED = 0.4;

/**
 * Return a time of the span: day and night alternate, and it grows with the share.
 *
 * @param share how much of the data is older, from 0 to 1
 */
export function timeOf(share: number, now: number): number {
  const days = SPAN_MS / DAY_MS;
  const wave = (0.8 * Math.sin(2 * Math.PI * days * share)) / (2 * Math.PI * days);
  return Math.round(now - NEWEST_MS - SPAN_MS + SPAN_MS * Math.min(1, share + wave));
}

/** Makes the events of a project, and knows whom they concern. */
export class History {
  readonly #project: Project;
  readonly #random: Random;
  readonly #own: readonly Endpoint[];
  readonly #byCustomer: ReadonlyMap<string, readonly Endpoint[]>;
  readonly #customers: readonly Customer[];
  readonly #troubled: readonly Customer[];
  #number = 1000;

  constructor(project: Project, endpoints: readonly Endpoint[], random: Random) {
    this.#project = project;
    this.#random = random;
    this.#own = endpoints.filter(({ customer }) => customer === null);
    const byCustomer = Map.groupBy(endpoints, ({ customer }) => customer?.id ?? '');
    byCustomer.delete('');
    this.#byCustomer = byCustomer;
    const customersOf = (some: readonly Endpoint[]) => [
      ...new Map(some.flatMap(({ customer }) => (customer ? [[customer.id, customer]] : []))).values(),
    ];
    this.#customers = customersOf(endpoints);
    this.#troubled = customersOf(endpoints.filter(({ trouble }) => trouble !== 'none'));
  }

  /** Return the next events, oldest first: one that came alone, or those of an event batch. */
  nextEvents(at: number): Event[] {
    const random = this.#random;
    const isAlone = random.chance(ALONE);
    const types: (readonly [string, Customer, number])[] = [];
    for (let count = isAlone ? 1 : random.between(1, MOST_TOGETHER); count > 0; count--) {
      const customer = this.#someCustomer();
      const number = this.#number++;
      const following = random.one(OCCURRENCES);
      for (const type of isAlone ? following.slice(0, 1) : following) types.push([type, customer, number]);
    }
    const eventBatch = types.length > 1 ? `lot_${ulid(at, random.next)}` : undefined;
    return types.map(([type, customer, number], index) => {
      const acceptedAt = at + index * random.between(1, 40);
      const data = TYPES[type]?.dataOf({ customer, number }, random) ?? {};
      const published = { type, data: toJsonText(data), actor: toJsonText({ id: 'shop', name: 'Web shop' }) };
      const id = `evt_${ulid(acceptedAt, random.next)}`;
      return {
        ...acceptedEvent(published, this.#project, id, acceptedAt),
        ...(eventBatch !== undefined && { eventBatch }),
      };
    });
  }

  /** Return the endpoints that an event is for, as fan-out finds them. */
  endpointsFor({ type, data }: Event): Endpoint[] {
    const { customer } = JSON.parse(data);
    const concerned = [...this.#own, ...(this.#byCustomer.get(customer) ?? [])];
    return concerned.filter(({ subscription }) => matches(subscription.events, type));
  }

  #someCustomer(): Customer {
    const random = this.#random;
    const among = this.#troubled.length > 0 && random.chance(TROUBLED) ? this.#troubled : this.#customers;
    // Some customers are busier than others. A project whose subscriptions are all its owner's has other customers.
    return among[Math.floor(among.length * random.next() ** 1.5)] ?? NOBODY;
  }
}

const NOBODY: Customer = { id: 'cus_none', name: 'A customer without subscriptions' };
