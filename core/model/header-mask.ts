type Headers = Readonly<Record<string, string>>;

const MASKED = '***';
/** Names of headers whose values are likely to be credentials. Standard Webhooks' are none. */
const SECRET_NAME = /auth|key|token|secret|passw|cookie|credential|session|signature/i;
const isSecret = (name: string) => SECRET_NAME.test(name) && !name.startsWith('webhook-');

/** Headers as they may be shown and logged: values of secret-looking names masked. */
export function maskHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecret(name) ? MASKED : value]),
  );
}

/** What a caller means who sends back headers that came masked: those values stay as they were. */
export function unmaskHeaders(given: Headers, stored: Headers): Record<string, string> {
  const known = new Map(Object.entries(stored).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      value === MASKED ? (known.get(name.toLowerCase()) ?? value) : value,
    ]),
  );
}
