import { useText } from '../i18n/language.tsx';
import type { Messages } from '../i18n/messages.ts';
import { Icon, type IconName } from './icon.tsx';

const messages = {
  healthy: ['Healthy', 'Opérationnel'],
  untried: ['Not tried yet', 'Pas encore essayé'],
  failing: ['Failing', 'En échec'],
  erring: ['Last attempt failed', 'Dernière tentative échouée'],
  busy: ['Rate limited', 'Débit limité'],
  slow: ['Slow', 'Lent'],
  recovering: ['Recovering', 'En rétablissement'],
  down: ['Endpoint down', 'Endpoint en panne'],
  paused: ['Paused', 'En pause'],
  disabled: ['Disabled', 'Désactivé'],
  success: ['Succeeded', 'Réussie'],
  failure: ['Failed', 'Échouée'],
  delivered: ['Delivered', 'Livrée'],
  pending: ['Queued', 'En file d’attente'],
  failed: ['Failed', 'Échouée'],
  cancelled: ['Cancelled', 'Annulée'],
  erased: ['Erased', 'Effacée'],
  running: ['Running', 'En cours'],
  done: ['Done', 'Terminé'],
  stopped: ['Cancelled', 'Annulé'],
  retrying: ['Failed', 'Échouée'],
} as const satisfies Messages;

export type Status = keyof typeof messages;
type Tone = 'ok' | 'warn' | 'bad' | 'off' | 'wait';

/** Every state has a colour, an icon and a word, so that colour alone never carries meaning. */
const LOOKS: Readonly<Record<Status, readonly [tone: Tone, icon: IconName]>> = {
  healthy: ['ok', 'ok'],
  untried: ['wait', 'clock'],
  failing: ['warn', 'warning'],
  erring: ['warn', 'warning'],
  busy: ['warn', 'clock'],
  slow: ['warn', 'clock'],
  recovering: ['wait', 'replay'],
  down: ['bad', 'down'],
  paused: ['off', 'pause'],
  disabled: ['off', 'off'],
  success: ['ok', 'ok'],
  failure: ['bad', 'down'],
  delivered: ['ok', 'ok'],
  pending: ['wait', 'clock'],
  failed: ['bad', 'down'],
  cancelled: ['off', 'off'],
  erased: ['off', 'off'],
  running: ['wait', 'clock'],
  done: ['ok', 'ok'],
  stopped: ['off', 'off'],
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
