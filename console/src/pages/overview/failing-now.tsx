import { Link } from 'wouter';
import type { Subscription } from '../../../../client/index.ts';
import { useLatestFailure } from '../../api/attempts.ts';
import { type Situation, situationOf } from '../../api/health.ts';
import { nameOf, useSubscriptions } from '../../api/subscriptions.ts';
import { Reason } from '../../attempt/reason.tsx';
import { useText } from '../../i18n/language.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Moment, Since } from '../../ui/moment.tsx';
import { Loading } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { messages } from './messages.ts';

/** Failing subscriptions, and those that Ancrage disabled, with the reason. */
export function FailingNow() {
  const t = useText(messages);
  const failing = useSubscriptions({ state: 'failing' });
  const paused = useSubscriptions({ state: 'paused' });
  const disabled = useSubscriptions({ state: 'disabled' });
  const down = paused.items.filter((subscription) => situationOf(subscription) === 'down');
  const ended = disabled.items.filter(({ disabledReason }) => disabledReason !== 'manual');
  // One that works again counts as failing for two more minutes.
  const troubled = failing.items.filter((subscription) => situationOf(subscription) !== 'healthy');
  const all = [...down, ...troubled, ...ended];
  if (!failing.isSuccess || !paused.isSuccess || !disabled.isSuccess) return <Loading lines={1} />;
  if (all.length === 0)
    return (
      <p className="all-well">
        <Icon name="ok" />
        {t('noneFailing')}
      </p>
    );
  return (
    <section className="card failing">
      <header>
        <h2>{t('failing')}</h2>
      </header>
      <ul>
        {all.map((subscription) => (
          <li key={subscription.id}>
            <Failing subscription={subscription} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Failing({ subscription }: { subscription: Subscription }) {
  const { id, enabled } = subscription;
  return (
    <>
      <StatusBadge status={situationOf(subscription)} />
      <div>
        <Link href={`/subscriptions/${id}`}>
          <strong>{nameOf(subscription)}</strong>
        </Link>{' '}
        {enabled ? <Trouble subscription={subscription} /> : <Ended subscription={subscription} />}
      </div>
    </>
  );
}

/** What the endpoint answers, since when, how much waits, and when the next try is. */
function Trouble({ subscription }: { subscription: Subscription }) {
  const t = useText(messages);
  const failureText = useFailureText();
  const { since, held, nextProbeAt, lastFailure, lastFailureAt } = subscription.health;
  const situation = situationOf(subscription);
  const at = situation === 'erring' ? lastFailureAt : since;
  return (
    <>
      {lastFailure !== null && HAS_FAILURE.includes(situation) && <span>{failureText(lastFailure)}</span>}
      <p className="hint">
        {at !== null &&
          (situation === 'erring' ? (
            <>
              {t('lastAt')} <Moment at={at} />
            </>
          ) : (
            <Since at={at} />
          ))}
        {held > 0 && <> · {t('waiting', { count: held })}</>}
        {nextProbeAt !== null && situation === 'down' && (
          <>
            {' · '}
            {t('nextTry')} <Moment at={nextProbeAt} />
          </>
        )}
      </p>
    </>
  );
}

const HAS_FAILURE: readonly Situation[] = ['down', 'failing', 'erring'];

/** The last failure of a subscription that Ancrage disabled. */
function Ended({ subscription: { id, disabledReason } }: { subscription: Subscription }) {
  const t = useText(messages);
  const { data: attempt } = useLatestFailure(id);
  return (
    <>
      {attempt && (
        <span>
          <Reason attempt={attempt} />
        </span>
      )}
      <p className="hint">{t(disabledReason === 'gone' ? 'gone' : 'tooLong')}</p>
    </>
  );
}
