import type * as z from 'zod';
import type { NewSubscription } from '../../api-schemas/subscription.ts';
import {
  performListSchema,
  subscribedSchema,
  subscribeSchema,
  unsubscribeSchema,
} from '../../api-schemas/weavy.ts';
import { NotFoundError, ValidationError } from '../../kernel/errors.ts';
import { type JsonText, objectText, toJsonText } from '../../kernel/json-text.ts';
import { validate } from '../../kernel/validate.ts';
import { type CreateSubscriptionPorts, createSubscription } from '../../manage/create-subscription.ts';
import { type RemoveSubscriptionPorts, removeSubscription } from '../../manage/remove-subscription.ts';
import type { Scope } from '../../model/api-key.ts';
import { eventTypeNameSchema } from '../../model/event-type-name.ts';
import { type ListSamplesPorts, listSamples } from '../../read/samples.ts';

export type WeavyPorts = CreateSubscriptionPorts &
  RemoveSubscriptionPorts &
  ListSamplesPorts & {
    /** The native API's schema, so that both APIs reject the same settings. */
    readonly newSubscriptionSchema: z.ZodType<NewSubscription>;
  };

export interface EntryPoint {
  /** The scope that a key needs. */
  readonly scope: Scope;
  /** Return the response's JSON text. */
  readonly run: (ports: WeavyPorts, project: string, body: unknown) => Promise<JsonText>;
}

/** Weavy's entry points by their codes: REST hooks, as Zapier and similar platforms use them. */
const ENTRY_POINTS: ReadonlyMap<string, EntryPoint> = new Map([
  ['EPT_WebhookSubscribe', { scope: 'manage', run: subscribe }],
  ['EPT_WebhookUnsubscribe', { scope: 'manage', run: unsubscribe }],
  ['EPT_WebhookPerformList', { scope: 'read', run: performList }],
]);

/** @throws NotFoundError */
export function findEntryPoint(code = ''): EntryPoint {
  const entryPoint = ENTRY_POINTS.get(code);
  if (entryPoint === undefined) throw new NotFoundError(`There is no entry point "${code}".`);
  return entryPoint;
}

/** Return the HTTP methods of an entry point: what only reads also has those that everybody may repeat. */
export const methodsOfEntryPoint = (code = ''): string[] =>
  ENTRY_POINTS.get(code)?.scope === 'read' ? ['POST', 'GET', 'HEAD'] : ['POST'];

async function subscribe(ports: WeavyPorts, project: string, body: unknown): Promise<JsonText> {
  const { event, hookUrl } = validate(subscribeSchema, body);
  const settings = { url: hookUrl, events: [event], format: 'weavy' };
  const given = renamingFaults({ url: 'hookUrl', 'events.0': 'event' }, () =>
    validate(ports.newSubscriptionSchema, settings),
  );
  const { id } = await createSubscription(ports, project, given);
  return resultText({ codeWebhookSubscription: id });
}

/** Whether a body is all that subscribing returned, as platforms keep it, rather than the code alone. */
const isWhole = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'result' in body && !('codeWebhookSubscription' in body);

/** No subscription's id is longer, so a longer code needs no look-up. */
const MAX_CODE_LENGTH = 64;

async function unsubscribe(ports: WeavyPorts, project: string, body: unknown): Promise<JsonText> {
  const { codeWebhookSubscription } = isWhole(body)
    ? validate(subscribedSchema, body).result
    : validate(unsubscribeSchema, body);
  if (codeWebhookSubscription.length <= MAX_CODE_LENGTH)
    await removeSubscription(ports, project, codeWebhookSubscription);
  return resultText({ codeWebhookSubscription });
}

async function performList(ports: WeavyPorts, project: string, body: unknown): Promise<JsonText> {
  const { event } = validate(performListSchema, body);
  const samples = eventTypeNameSchema.safeParse(event).success
    ? await listSamples(ports, project, event)
    : null;
  if (samples === null)
    throw ValidationError.of([{ path: 'event', message: `"${event}" is not an event type of this project` }]);
  return `[${samples.map((data) => objectText({ result: data })).join(',')}]` as JsonText;
}

const resultText = (result: object) => objectText({ result: toJsonText(result) });

/** Name the fields of faults as the caller named them. */
function renamingFaults<Result>(names: Readonly<Record<string, string>>, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw ValidationError.of(
      error.faults.map((fault) => ({ ...fault, path: names[fault.path] ?? fault.path })),
    );
  }
}
