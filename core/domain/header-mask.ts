type Headers = Readonly<Record<string, string>>;

const MASKED = '***';
/** Names of headers whose values are likely to be credentials. */
const SECRET_NAME = /auth|api-?key|token|secret|password|passwd|cookie|credential/i;

/** Headers as they may be shown and logged: values of secret-looking names masked. */
export function maskHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_NAME.test(name) ? MASKED : value]),
  );
}

/** What a caller means who sends back headers that came masked: those values stay as they were. */
export function unmaskHeaders(given: Headers, stored: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value === MASKED ? (stored[name] ?? value) : value]),
  );
}
