import { type GivenWebhook, webhookSchema } from '../../api-schemas/frappe.ts';
import { ValidationError } from '../../kernel/errors.ts';
import { validate } from '../../kernel/validate.ts';
import { newSecret } from '../../model/signing-secret.ts';
import { FrappeError, refusal } from './errors.ts';
import { asPythonRequests } from './python-url.ts';
import { mergeWebhook, type Webhook } from './webhook.ts';
import { isSecretMask } from './webhook-of.ts';
import { fieldOf } from './webhook-settings.ts';

/** @throws FrappeError */
export const readDocument = (body: unknown): GivenWebhook =>
  inFrappesWords(() => validate(webhookSchema, body));

const MAX_NAME_LENGTH = 140;

/** @throws FrappeError if no document may have this name */
export function checkName(given: string): string {
  const name = given.trim();
  if (name === '' || name.length > MAX_NAME_LENGTH)
    throw refusal(`Name must have 1 to ${MAX_NAME_LENGTH} characters`);
  // Clients and proxies remove these segments from a path, so no request could name the document.
  if (name === '.' || name === '..') throw refusal('Name cannot be "." or ".."');
  if (/[<>]/.test(name)) throw refusal('Name cannot contain special characters like < >');
  if (/[\p{Cc}\p{Cs}]/u.test(name)) throw refusal('Name cannot contain control characters');
  return name;
}

/** Return the webhook with the given fields replaced. Masked values stay masked: a change keeps what is stored. */
export function changedBy(current: Webhook, given: GivenWebhook): Webhook {
  const webhook = asPythonRequests(mergeWebhook(current, given));
  // The mask was copied from another webhook, so there is no secret behind it.
  const isForeign = current.webhook_secret === null && isSecretMask(webhook.webhook_secret);
  return { ...webhook, webhook_secret: isForeign ? null : webhook.webhook_secret };
}

/** Return the secret that replaces the previous one; undefined if that stays. */
export function secretAfter(before: Webhook, { webhook_secret }: Webhook): string | undefined {
  if (isSecretMask(webhook_secret)) return undefined;
  if (webhook_secret !== null) return webhook_secret;
  // A secret that was taken away must not sign again if signing is turned on later.
  return before.webhook_secret === null ? undefined : newSecret();
}

/** Turn the faults of a check into Frappe's exception, with Frappe's names of the fields. */
export function inFrappesWords<Result>(check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    return throwInFrappesWords(error);
  }
}

/** @throws FrappeError for the faults of a ValidationError; any other error as it is */
export function throwInFrappesWords(error: unknown): never {
  if (!(error instanceof ValidationError)) throw error;
  throw new FrappeError(
    'ValidationError',
    error.faults.map(({ path, message }) => `${fieldOf(path)} ${message}`.trim()),
  );
}
