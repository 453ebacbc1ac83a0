import { type Fault, ValidationError } from '../kernel/errors.ts';
import { isReservedHeader } from './request-headers.ts';

type Headers = Readonly<Record<string, string>>;

/** What a secret value reads as. Given for the name of a stored header, it keeps its value. */
export const MASK = '***';

/** Custom headers that describe the body or its sender. All others may hold credentials, whatever their names are. */
const READABLE = /^(?:content-type|accept|user-agent)$/i;

/** Return whether nobody may read the values of a custom header. Reserved headers are never custom. */
export const isSecretHeader = (name: string): boolean => !READABLE.test(name) && !isReservedHeader(name);

/** Response headers that may hold credentials: those of RFC 9110, 11, cookies, and secret-looking names. */
const SECRET_IN_RESPONSE = /^proxy-|auth|key|token|secret|passw|cookie|credential|session|signature/i;
const isSecretInResponse = (name: string) => SECRET_IN_RESPONSE.test(name) && !name.startsWith('webhook-');

const masked = (headers: Headers, isSecret: (name: string) => boolean): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, isSecret(name) ? MASK : value]));

/** Mask the values of a subscription's headers, and of a request's except those that Ancrage sets. */
export const maskHeaders = (headers: Headers) => masked(headers, isSecretHeader);

/** Mask the headers of a response that may hold credentials. Their names are lower-case. */
export const maskResponseHeaders = (headers: Headers) => masked(headers, isSecretInResponse);

/** Mask the signature of Standard Webhooks. Those of dialects are custom headers to {@link maskHeaders}. */
export const maskSignatures = (headers: Headers) => masked(headers, (name) => name === 'webhook-signature');

const lowerCased = (headers: Headers): ReadonlyMap<string, string> =>
  new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const faultsOf = (names: readonly string[], message: string): Fault[] =>
  names.map((name) => ({ path: `headers.${name}`, message }));

/** Return headers with the stored values in place of masks. @throws ValidationError for a mask without a stored value */
export function unmaskHeaders(given: Headers, stored: Headers): Record<string, string> {
  const known = lowerCased(stored);
  const resolved = (name: string, value: string) => (value === MASK ? known.get(name.toLowerCase()) : value);
  const unknown = Object.entries(given).flatMap(([name, value]) =>
    resolved(name, value) === undefined ? [name] : [],
  );
  if (unknown.length > 0)
    throw ValidationError.of(faultsOf(unknown, `is "${MASK}", but no value is stored: give the value`));
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, resolved(name, value) ?? value]),
  );
}

/**
 * Refuse to send stored secret headers to another URL, whose owner could read them. Neither a mask nor absence gives a
 * value.
 *
 * @throws ValidationError with the name of each header whose value is missing
 */
export function refuseKeptHeaders(given: Headers, stored: Headers): void {
  const values = lowerCased(given);
  const kept = Object.keys(stored).filter(
    (name) => isSecretHeader(name) && (values.get(name.toLowerCase()) ?? MASK) === MASK,
  );
  if (kept.length > 0)
    throw ValidationError.of(faultsOf(kept, 'must be given again with its value, because the URL changes'));
}
