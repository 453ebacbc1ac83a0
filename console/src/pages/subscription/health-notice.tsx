import type { Subscription } from '../../../../client/index.ts';
import { type Situation, situationOf } from '../../api/health.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { HealthFacts } from './health-facts.tsx';
import { healthMessages } from './health-messages.ts';
import { messages } from './messages.ts';
import { useAction } from './use-action.ts';

const DISABLED = { gone: 'goneTitle', failing: 'longTitle', manual: 'offTitle' } as const;

type Look = readonly [tone: '' | 'warn' | 'bad', icon: IconName, text: keyof typeof healthMessages];

const LOOKS: Readonly<Record<Exclude<Situation, 'healthy'>, Look>> = {
  untried: ['', 'clock', 'untriedText'],
  disabled: ['', 'off', 'offText'],
  paused: ['', 'pause', 'pausedText'],
  down: ['bad', 'down', 'downText'],
  recovering: ['', 'replay', 'recoveringText'],
  busy: ['warn', 'clock', 'busyText'],
  slow: ['warn', 'clock', 'slowText'],
  failing: ['warn', 'warning', 'repairText'],
  erring: ['warn', 'warning', 'repairText'],
};

const WITHOUT_FACTS: readonly Situation[] = ['disabled', 'untried'];

/** A notice that says why a subscription does not send as usual, what waits, and what to do. */
export function HealthNotice({ subscription }: { subscription: Subscription }) {
  const t = useText(healthMessages);
  const failureText = useFailureText();
  const situation = situationOf(subscription);
  if (situation === 'healthy') return null;
  const [tone, icon, text] = LOOKS[situation];
  const { lastFailure } = subscription.health;
  const failure = lastFailure === null ? t('downUnknown') : failureText(lastFailure);
  const title =
    situation === 'disabled'
      ? t(DISABLED[subscription.disabledReason ?? 'manual'])
      : t(`${situation}Title`, { failure });
  return (
    <Notice tone={tone} icon={icon} title={title}>
      <p>{t(text)}</p>
      {!WITHOUT_FACTS.includes(situation) && (
        <HealthFacts subscription={subscription} situation={situation} />
      )}
      {situation === 'down' && <Resume id={subscription.id} />}
    </Notice>
  );
}

/** Ends an automatic pause. What its owner has paused is resumed where it was paused. */
function Resume({ id }: { id: string }) {
  const t = useText(messages);
  const { can } = useSession();
  const action = useAction(id);
  if (!can('manage')) return null;
  return (
    <Button icon="resume" busy={action.isPending} onClick={() => action.mutate('resume')}>
      {t('resume')}
    </Button>
  );
}
