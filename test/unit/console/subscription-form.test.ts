import { describe, expect, it } from 'vitest';
import { LANGUAGES, translate } from '../../../console/src/i18n/messages.ts';
import { EMPTY_DRAFT, settingsOf } from '../../../console/src/pages/subscription-form/draft.ts';
import { messages } from '../../../console/src/pages/subscription-form/messages.ts';
import { PRESET_SETTINGS } from '../../../console/src/pages/subscription-form/presets.ts';
import { nextAttemptAt } from '../../../core/model/retry-schedule.ts';
import { type Subscription, subscriptionDefaults } from '../../../core/model/subscription.ts';

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
  ] as const)('says whether waits vary, in every language: %s', (key, retry) => {
    for (const language of LANGUAGES)
      expect(/±\s?20/.test(translate(messages[key], language)), language).toBe(varies(retry));
  });
});

describe('the Weavy preset', () => {
  it('creates the same subscription as the entry point of Weavy: only the format differs from the defaults', () => {
    const url = 'https://example.com/hook';
    const draft = { ...EMPTY_DRAFT, ...PRESET_SETTINGS.weavy, url, events: ['NewDeal'] };
    expect(settingsOf(draft)).toEqual({ ...subscriptionDefaults, url, events: ['NewDeal'], format: 'weavy' });
  });
});
