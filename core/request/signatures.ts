import { createHmac } from 'node:crypto';
import { RenderError } from '../kernel/errors.ts';
import { keyOf, padded, standardSecretFault } from '../model/signing-secret.ts';

interface SignatureInput {
  /** The secrets that sign at this time, the current one first. */
  readonly secrets: readonly string[];
  readonly webhookId: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly body: string;
}

/** One way to sign a request. The API, its document and the console's form read these descriptors. */
export interface SignatureScheme {
  /** Describes the signature's headers to users: CommonMark, a phrase. */
  readonly description: string;
  /** Return why a secret cannot sign, as the rest of a sentence, or null. */
  secretFault(secret: string): string | null;
  /** Return a secret in the form that verifiers know. @default as it was given */
  readonly shown?: (secret: string) => string;
  /**
   * Return the headers that a request gets, by their lower-case names: `webhook-id` among them, by which a receiver drops
   * duplicates, unless a dialect forbids it.
   *
   * @throws RenderError if no secret can sign
   */
  headers(input: SignatureInput): Record<string, string>;
}

const MAX_TEXT_SECRET = 1024;
const textSecretFault = (secret: string): string | null =>
  secret !== '' && secret.length <= MAX_TEXT_SECRET ? null : `is not 1 to ${MAX_TEXT_SECRET} characters`;

/**
 * Standard Webhooks, symmetric signatures
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md). With several secrets the
 * signatures are space-delimited, so that a receiver that knows any one of them accepts the request.
 */
const standard: SignatureScheme = {
  description: 'the headers of Standard Webhooks',
  secretFault: standardSecretFault,
  shown: (secret) => (standardSecretFault(secret) === null ? padded(secret) : secret),
  headers: ({ secrets, webhookId, timestamp, body }) => ({
    'webhook-id': webhookId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': fitting(secrets, standardSecretFault)
      .map((secret) => `v1,${hmac(keyOf(secret), `${webhookId}.${timestamp}.${body}`)}`)
      .join(' '),
  }),
};

/** Frappe signs the body alone, with the secret's text as the key (`frappe.integrations.doctype.webhook`). */
const frappe: SignatureScheme = {
  description: '`X-Frappe-Webhook-Signature`',
  secretFault: textSecretFault,
  headers: ({ secrets, body }) => ({
    'x-frappe-webhook-signature': hmac(fitting(secrets.slice(0, 1), textSecretFault)[0], body),
  }),
};

/**
 * As Stripe signs, so that the `constructEvent` of its libraries verifies the request: HMAC-SHA256 over time and body, with
 * the secret's text as the key, once for each secret (https://docs.stripe.com/webhooks#verify-manually).
 */
const stripe: SignatureScheme = {
  description: '`Stripe-Signature`, as Stripe makes it',
  secretFault: textSecretFault,
  headers: ({ secrets, webhookId, timestamp, body }) => ({
    'webhook-id': webhookId,
    'stripe-signature': [
      `t=${timestamp}`,
      ...fitting(secrets, textSecretFault).map(
        (secret) => `v1=${hmac(secret, `${timestamp}.${body}`, 'hex')}`,
      ),
    ].join(','),
  }),
};

/**
 * As GitHub signs: HMAC-SHA256 over the body alone, with the secret's text as the key
 * (https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries). The header has room for one signature.
 */
const github: SignatureScheme = {
  description: '`X-Hub-Signature-256`, as GitHub makes it',
  secretFault: textSecretFault,
  headers: ({ secrets, webhookId, body }) => ({
    'webhook-id': webhookId,
    'x-hub-signature-256': `sha256=${hmac(fitting(secrets.slice(0, 1), textSecretFault)[0], body, 'hex')}`,
  }),
};

const none: SignatureScheme = {
  description: 'no signature',
  secretFault: textSecretFault,
  headers: () => ({}),
};

/** Every signature scheme by the name that subscriptions give. */
export const signatures = { standard, stripe, github, frappe, none } as const satisfies Readonly<
  Record<string, SignatureScheme>
>;

/** Return a subscription's current secret as it is shown to its owner. */
export function shownSecret(signature: SignatureName, secret: string): string {
  const { shown }: SignatureScheme = signatures[signature];
  return shown?.(secret) ?? secret;
}

export type SignatureName = keyof typeof signatures;
export const SIGNATURE_NAMES = Object.keys(signatures) as SignatureName[];

/**
 * Return the secrets that can sign. The key of one that cannot may be short or empty, and then everybody can sign with it.
 *
 * @throws RenderError if there is none
 */
function fitting(
  secrets: readonly string[],
  faultOf: (secret: string) => string | null,
): readonly [string, ...string[]] {
  const [first, ...others] = secrets.filter((secret) => faultOf(secret) === null);
  if (first === undefined) throw new RenderError('The subscription has no secret that can sign.');
  return [first, ...others];
}

/** @param key bytes, or text whose UTF-8 bytes they are */
const hmac = (key: Uint8Array | string, text: string, encoding: 'base64' | 'hex' = 'base64'): string =>
  createHmac('sha256', key).update(text).digest(encoding);
