import type { Usage } from '../api/types.ts';
import { bytes } from '../format/bytes.ts';
import { useLanguage, useText } from '../i18n/language.tsx';
import { useTimes } from '../i18n/times.tsx';
import { useNow } from '../ui/use-now.ts';
import { type Limit, nextMidnight } from './limits.ts';
import { messages } from './messages.ts';

interface LimitText {
  /** What is limited. */
  readonly name: string;
  readonly used: string;
  readonly limit: string;
  /** What happens beyond the limit. */
  readonly beyond: string;
}

/** Return a function that puts a limit of a project into words. */
export function useLimitText({ events: { perSecond } }: Usage): (limit: Limit) => LimitText {
  const t = useText(messages);
  const { language } = useLanguage();
  const { exact } = useTimes();
  const now = useNow();
  return ({ name, used, limit }) => {
    const amount = (count: number) =>
      name === 'bytesToday' || name === 'loggedBytesToday'
        ? bytes(count, language)
        : count.toLocaleString(language);
    const midnight = exact(nextMidnight(now));
    return {
      name: t(name),
      used: amount(used),
      limit: amount(limit),
      beyond: t(`${name}Beyond`, { perSecond, midnight }),
    };
  };
}
