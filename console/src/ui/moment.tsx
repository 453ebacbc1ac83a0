import { absoluteTime, relativeTime } from '../format/time.ts';
import { useLanguage } from '../i18n/language.tsx';
import { useNow } from './use-now.ts';

/** A time relative to now; its tooltip shows the exact time. */
export function Moment({ at }: { at: string }) {
  const { language } = useLanguage();
  const now = useNow();
  return (
    <time dateTime={at} title={absoluteTime(at, language)}>
      {relativeTime(Date.parse(at) - now, language)}
    </time>
  );
}

/** A time with seconds. */
export function ExactTime({ at }: { at: string }) {
  const { language } = useLanguage();
  return <time dateTime={at}>{absoluteTime(at, language)}</time>;
}
