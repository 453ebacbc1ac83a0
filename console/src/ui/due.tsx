import type { Subscription } from '../../../client/index.ts';
import { situationOf } from '../api/health.ts';
import { useText } from '../i18n/language.tsx';
import type { Messages } from '../i18n/messages.ts';
import { Moment } from './moment.tsx';
import { useNow } from './use-now.ts';

const messages = {
  resumed: ['when resumed', 'à la reprise'],
  answers: ['once the endpoint works again', 'dès que l’endpoint refonctionne'],
  turn: ['as soon as it is its turn', 'dès que vient son tour'],
} as const satisfies Messages;

interface DueProps {
  /** Null while it is not known. */
  readonly at: string | null;
  readonly subscription: Subscription;
}

/** When a queued delivery is due, or what an overdue one waits for. */
export function Due({ at, subscription }: DueProps) {
  const t = useText(messages);
  const now = useNow();
  const situation = situationOf(subscription);
  if (situation === 'paused') return t('resumed');
  if (situation === 'down') return t('answers');
  if (at === null) return '…';
  return Date.parse(at) > now ? <Moment at={at} /> : t('turn');
}
