import { FitLimits } from '../../fit/fit-limits.ts';
import { type FitWarning, nameOfMisfit } from '../../fit/fit-warning.ts';
import { type SubscriptionFitPorts, subscriptionFit } from '../../fit/subscription-fit.ts';
import type { Subscription } from '../../model/subscription.ts';
import { isVersion2 } from './version.ts';

/** A message as Frappe's `msgprint` leaves it for the client, whose page shows it as HTML. */
interface ServerMessage {
  readonly message: string;
  readonly title: string;
  readonly indicator: 'orange';
}

/**
 * What a request tells its caller beside its result: the webhooks that it saved although requests cannot be made from samples or the
 * latest events. All checks of a request, which may save 200 webhooks, share their limits.
 */
export class ServerMessages {
  readonly #ports: SubscriptionFitPorts;
  readonly #limits: FitLimits;
  readonly #messages: ServerMessage[] = [];

  constructor(ports: SubscriptionFitPorts) {
    this.#ports = ports;
    this.#limits = new FitLimits(ports.clock);
  }

  /** Check a webhook that is saved. */
  async checkFit(subscription: Subscription, name: string): Promise<void> {
    const warning = await subscriptionFit(this.#ports, subscription, this.#limits);
    if (warning !== null) this.#messages.push(toMessage(name, warning));
  }

  /**
   * Return the body of an answer with the messages, if there are any: in Frappe's version 1 as a JSON list of JSON objects, in
   * version 2 as a list (`frappe.utils.response.make_logs`).
   */
  within(body: object, path: string): object {
    if (this.#messages.length === 0) return body;
    if (isVersion2(path)) return { ...body, messages: this.#messages };
    const texts = this.#messages.map((message) => JSON.stringify(message));
    return { ...body, _server_messages: JSON.stringify(texts) };
  }
}

function toMessage(name: string, { detail, misfits, stoppedEarly }: FitWarning): ServerMessage {
  const lines = [
    `Webhook ${name}: ${detail}`,
    ...misfits.map((misfit) => `${nameOfMisfit(misfit)}: ${misfit.detail}`),
    ...(stoppedEarly && misfits.length > 0 ? ['The check stopped early.'] : []),
  ];
  return { message: lines.map(escaped).join('<br>'), title: 'Warning', indicator: 'orange' };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A publisher chose the ids and the data that a message quotes. */
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
