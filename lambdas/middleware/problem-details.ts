import { type Fault, summaryOf } from '../../core/kernel/errors.ts';
import type { FailureForm } from './failures.ts';
import type { Speech } from './languages.ts';

/** Return a problem document (RFC 9457) in the caller's language. */
export const problemDetails: FailureForm = ({
  status,
  title,
  detail,
  faults,
  retryAfterSeconds,
  allowedMethods,
  speech,
}) => {
  const errors = faults.map(({ path, message }) => ({ path, message: speech.say(message) }));
  const document = {
    type: 'about:blank',
    title: speech.say(title),
    status,
    detail: spokenDetail(detail, faults, errors, speech),
    ...(errors.length > 0 && { errors }),
  };
  const headers = {
    'content-type': 'application/problem+json',
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    ...(retryAfterSeconds !== null && { 'retry-after': String(retryAfterSeconds) }),
    ...(allowedMethods !== null && { allow: allowedMethods.join(', ') }),
  };
  return { statusCode: status, headers, body: JSON.stringify(document) };
};

/** Return the detail of a problem. Most list the faults, so the list is made again: a fault may itself contain a separator. */
const spokenDetail = (detail: string, faults: readonly Fault[], spoken: readonly Fault[], speech: Speech) =>
  faults.length > 0 && detail === summaryOf(faults)
    ? summaryOf(spoken, speech.choose({ en: '; ', fr: '\u00a0; ' }))
    : speech.say(detail);
