import { describe, expect, it } from 'vitest';
import { LANGUAGES, translate } from '../../../console/src/i18n/messages.ts';
import { messages } from '../../../console/src/pages/subscription-form/messages.ts';
import { nextAttemptAt } from '../../../core/model/retry-schedule.ts';
import type { Subscription } from '../../../core/model/subscription.ts';

describe('the hint below the retry setting', () => {
  function varies(retry: Subscription['retry']): boolean {
    const [shortest, longest] = [0, 1].map((random) =>
      nextAttemptAt({ retry, number: 1, now: 0, retryAfter: null, random }),
    );
    return shortest !== longest;
  }

  it.each([
    ['standardRetryHint', 'standard'],
    ['customRetryHint', [60, 600]],
  ] as const)('says in every language whether waits vary: %s', (key, retry) => {
    for (const language of LANGUAGES)
      expect(/±\s?20/.test(translate(messages[key], language)), language).toBe(varies(retry));
  });
});
