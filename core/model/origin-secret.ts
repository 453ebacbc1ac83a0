import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The values of the origin header that are valid. The secret has them as JSON. */
export interface OriginSecret {
  /** CloudFront sends this value from the next deployment on. */
  readonly current: string;
  /** Being added: functions accept it, CloudFront does not send it yet. */
  readonly next?: string;
  /** Being removed: CloudFront may still send it. */
  readonly previous?: string;
}

/** Bytes of entropy in a value. */
const VALUE_BYTES = 32;

export const newOriginValue = (): string => randomBytes(VALUE_BYTES).toString('base64url');

/** @throws Error that has nothing of the text if it is no secret with a current value */
export function parseOriginSecret(text: string): OriginSecret {
  const { current, next, previous } = objectIn(text);
  if (!isValue(current)) throw new Error('The origin secret has no current value.');
  return { current, ...(isValue(next) && { next }), ...(isValue(previous) && { previous }) };
}

/** An empty value would be that of a header without one. */
const isValue = (value: unknown): value is string => typeof value === 'string' && value !== '';

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    // The message of the parser quotes the text.
    throw new Error('The origin secret is not JSON.');
  }
}

/** Whether a header has one of the values, in a time that depends on none of them. */
export function isOriginValue(header: string | undefined, secret: OriginSecret): boolean {
  const given = digestOf(header ?? '');
  const values = [secret.current, secret.next, secret.previous].filter(isValue);
  return values.map((value) => timingSafeEqual(given, digestOf(value))).includes(true);
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
