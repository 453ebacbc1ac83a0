import { useText } from '../i18n/language.tsx';
import type { Messages } from '../i18n/messages.ts';
import { Icon, type IconName } from './icon.tsx';

const messages = {
  healthy: ['Healthy', 'En forme'],
  failing: ['Failing', 'En échec'],
  open: ['Not answering', 'Ne répond plus'],
  disabled: ['Disabled', 'Désactivé'],
  success: ['Succeeded', 'Réussi'],
  failure: ['Failed', 'Échoué'],
  delivered: ['Delivered', 'Livré'],
  pending: ['Pending', 'En attente'],
  failed: ['Failed', 'Échoué'],
  cancelled: ['Cancelled', 'Annulé'],
  retrying: ['Will be tried again', 'Sera retenté'],
} as const satisfies Messages;

export type Status = keyof typeof messages;
type Tone = 'ok' | 'warn' | 'bad' | 'off' | 'wait';

/** One language for every state: a colour, a sign and a word. */
const LOOKS: Readonly<Record<Status, readonly [tone: Tone, icon: IconName]>> = {
  healthy: ['ok', 'ok'],
  failing: ['warn', 'warning'],
  open: ['bad', 'down'],
  disabled: ['off', 'off'],
  success: ['ok', 'ok'],
  failure: ['bad', 'down'],
  delivered: ['ok', 'ok'],
  pending: ['wait', 'clock'],
  failed: ['bad', 'down'],
  cancelled: ['off', 'off'],
  retrying: ['wait', 'clock'],
};

export function StatusBadge({ status }: { status: Status }) {
  const t = useText(messages);
  const [tone, icon] = LOOKS[status];
  return (
    <span className={`status ${tone}`}>
      <Icon name={icon} />
      {t(status)}
    </span>
  );
}
