import { answeredStatus } from '../api/health.ts';
import { useText } from '../i18n/language.tsx';
import type { Messages } from '../i18n/messages.ts';

const messages = {
  answered: ['the endpoint answered {status}', 'l’endpoint a répondu {status}'],
} as const satisfies Messages;

/** Return a function that describes a subscription's last failure as the rest of a sentence. */
export function useFailureText(): (failure: string) => string {
  const t = useText(messages);
  return (failure) => {
    const status = answeredStatus(failure);
    return status === undefined ? failure : t('answered', { status });
  };
}
