type Headers = Readonly<Record<string, string>>;

const MASKED = '***';
/** Matches names of headers that are likely to hold credentials. The headers of Standard Webhooks hold none. */
const SECRET_NAME = /auth|key|token|secret|passw|cookie|credential|session|signature/i;
const isSecret = (name: string) => SECRET_NAME.test(name) && !name.startsWith('webhook-');

/** Mask the values of headers that are likely to hold credentials, for display and logs. */
export function maskHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecret(name) ? MASKED : value]),
  );
}

/** Mask the signature of Standard Webhooks. The signatures of dialects have secret-looking names. */
export function maskSignatures(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, name === 'webhook-signature' ? MASKED : value]),
  );
}

/** Restore the stored values of headers that a caller sends back masked. */
export function unmaskHeaders(sent: Headers, stored: Headers): Record<string, string> {
  const known = new Map(Object.entries(stored).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [
      name,
      value === MASKED ? (known.get(name.toLowerCase()) ?? value) : value,
    ]),
  );
}
