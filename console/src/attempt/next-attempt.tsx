import { useText } from '../i18n/language.tsx';
import { Moment } from '../ui/moment.tsx';
import { useNow } from '../ui/use-now.ts';
import { messages } from './messages.ts';

/** When the next attempt is due. An overdue one is on its way, waits for the endpoint, or was cancelled. */
export function NextAttempt({ at }: { at: string }) {
  const t = useText(messages);
  const now = useNow();
  return (
    <>
      {t(Date.parse(at) > now ? 'next' : 'wasDue')} <Moment at={at} />
    </>
  );
}
