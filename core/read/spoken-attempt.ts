import type { Translate } from '../languages/translation.ts';
import type { Attempt } from '../model/attempt.ts';

/** Return an attempt with its reasons in the caller's language. What was sent and answered stays as it is. */
export function spokenAttempt(attempt: Attempt, say: Translate): Attempt {
  const { request, response, detail } = attempt;
  return {
    ...attempt,
    request: spoken(request, say),
    response: response && spoken(response, say),
    ...(detail !== undefined && { detail: say(detail) }),
  };
}

const spoken = <Part extends { readonly truncated?: string }>(part: Part, say: Translate): Part =>
  part.truncated === undefined ? part : { ...part, truncated: say(part.truncated) };
