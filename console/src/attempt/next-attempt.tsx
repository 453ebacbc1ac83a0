import { useText } from '../i18n/language.tsx';
import { Moment } from '../ui/moment.tsx';
import { useNow } from '../ui/use-now.ts';
import { messages } from './messages.ts';

/** When a delivery is tried next. What was due and has not been made waits for its endpoint, or is on its way. */
export function NextAttempt({ at }: { at: string }) {
  const t = useText(messages);
  const now = useNow();
  return (
    <>
      {t('next')} {Date.parse(at) > now ? <Moment at={at} /> : t('overdue')}
    </>
  );
}
