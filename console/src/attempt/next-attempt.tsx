import { useText } from '../i18n/language.tsx';
import { Moment } from '../ui/moment.tsx';
import { useNow } from '../ui/use-now.ts';
import { messages } from './messages.ts';

/** When the next attempt is due. An overdue one is either on its way or held until the endpoint responds. */
export function NextAttempt({ at }: { at: string }) {
  const t = useText(messages);
  const now = useNow();
  return (
    <>
      {t('next')} {Date.parse(at) > now ? <Moment at={at} /> : t('overdue')}
    </>
  );
}
