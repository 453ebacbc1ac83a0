import { useText } from '../i18n/language.tsx';
import { useTimes } from '../i18n/times.tsx';
import { messages } from './messages.ts';
import { useNow } from './use-now.ts';

/** A time relative to now, with the exact one beside it. */
export function Moment({ at }: { at: string }) {
  const { exact, relative } = useTimes();
  const now = useNow();
  return (
    <time dateTime={at} className="moment">
      {relative(Date.parse(at) - now)} <span className="exact muted">{exact(at)}</span>
    </time>
  );
}

/** How long something has lasted, such as « for 5 min », with its exact beginning beside it. */
export function Since({ at }: { at: string }) {
  const t = useText(messages);
  const { exact, elapsed } = useTimes();
  const now = useNow();
  return (
    <time dateTime={at} className="moment">
      {t('since', { time: elapsed(now - Date.parse(at)) })} <span className="exact muted">{exact(at)}</span>
    </time>
  );
}

/** A time with seconds and its zone. */
export function ExactTime({ at }: { at: string }) {
  const { exact } = useTimes();
  return <time dateTime={at}>{exact(at)}</time>;
}
