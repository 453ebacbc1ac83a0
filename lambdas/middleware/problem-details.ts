import type { FailureForm } from './failures.ts';

/** Return a problem document (RFC 9457). */
export const problemDetails: FailureForm = ({
  status,
  title,
  detail,
  faults,
  retryAfterSeconds,
  allowedMethods,
}) => {
  const document = {
    type: 'about:blank',
    title,
    status,
    detail,
    ...(faults.length > 0 && { errors: faults }),
  };
  const headers = {
    'content-type': 'application/problem+json',
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    ...(retryAfterSeconds !== null && { 'retry-after': String(retryAfterSeconds) }),
    ...(allowedMethods !== null && { allow: allowedMethods.join(', ') }),
  };
  return { statusCode: status, headers, body: JSON.stringify(document) };
};
