import { jsonValue } from '../engines/template/formats/json-value.ts';
import { frappeNamespace, type SessionUser } from '../engines/template/frappe/frappe-namespace.ts';
import { utils } from '../engines/template/frappe/utils.ts';
import type { Allowance } from '../engines/template/step-meter.ts';
import { KeyMap } from '../engines/template/values/keys.ts';
import { Dict, type Value } from '../engines/template/values/values.ts';
import type { RenderError } from '../kernel/errors.ts';
import type { JsonText } from '../kernel/json-text.ts';
import type { Event } from '../model/event.ts';
import { eventSeenBy } from '../model/operational-event.ts';
import type { Subscription } from '../model/subscription.ts';
import { documentOf } from './document.ts';

/** The names that an event binds in conditions. Templates have `frappe` besides. */
export const SCOPE_NAMES = ['data', 'doc', 'event', 'changes', 'utils'] as const;

/**
 * The view of an event that templates and conditions have. One scope serves all subscriptions of an event: its values are
 * created on first use, and templates cannot change them.
 */
export class EventScope {
  /** The clock that `utils` reads, in milliseconds since the epoch. */
  readonly now: number;
  /** Pays for what is evaluated; unlimited if undefined. */
  readonly allowance: Allowance | undefined;
  /** The result of each condition that was evaluated for this event, or the error that it raised. */
  readonly conditions = new Map<string, boolean | RenderError>();
  readonly event: Event;
  #values: ReadonlyMap<string, Value> | undefined;
  #censored: EventScope | undefined;

  constructor(event: Event, now: number, allowance?: Allowance) {
    this.event = event;
    this.now = now;
    this.allowance = allowance;
  }

  get project(): string {
    return this.event.project;
  }

  /** Return the view that a subscription has: the only one that its condition, its template and its body may be made from. */
  seenBy(subscription: Pick<Subscription, 'events'>): EventScope {
    const seen = eventSeenBy(subscription, this.event);
    if (seen === this.event) return this;
    // The same for every subscription that does not see the whole event.
    this.#censored ??= new EventScope(seen, this.now, this.allowance);
    return this.#censored;
  }

  /** `doc` is Frappe's name for `data`. `changes` is empty if the event has none. */
  get values(): ReadonlyMap<string, Value> {
    this.#values ??= this.#read();
    return this.#values;
  }

  #read(): ReadonlyMap<string, Value> {
    const { data, actor, changes, project, id, type, time, companyId, source } = this.event;
    const read = (text: JsonText | undefined) => (text === undefined ? null : jsonValue(text));
    const dataValue = documentOf(read(data), read(changes), this.event);
    const changesValue = read(changes) ?? new Dict(new KeyMap(), true);
    const actorValue = read(actor);
    const event = new KeyMap<Value>([
      ['id', id],
      ['type', type],
      ['time', time],
      ['project', project],
      ['actor', actorValue],
      ['companyId', typeof companyId === 'number' ? BigInt(companyId) : (companyId ?? null)],
      ['source', source ?? null],
      ['data', dataValue],
      ['changes', changesValue],
    ]);
    return new Map<string, Value>([
      ['data', dataValue],
      ['doc', dataValue],
      ['event', new Dict(event, true)],
      ['changes', changesValue],
      ['utils', utils],
      ['frappe', frappeNamespace(sessionUserOf(actorValue))],
    ]);
  }
}

/** The user of a Frappe site who did what nobody else has done. */
const ADMINISTRATOR = 'Administrator';

/** Return the actor as Frappe's user: the address, or the id. */
function sessionUserOf(actor: Value): SessionUser {
  const member = (name: string) => (actor instanceof Dict ? (actor.entries.get(name) ?? null) : null);
  const user = member('email') ?? member('id') ?? ADMINISTRATOR;
  return { user, fullName: member('name') ?? user };
}
