import { Link } from 'wouter';
import type { Subscription } from '../../../../client/index.ts';
import { nameOf, useSubscriptions } from '../../api/subscriptions.ts';
import { type FailingEndpoint, situationOfFailing, useSummary } from '../../api/summary.ts';
import { useText } from '../../i18n/language.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Moment, Since } from '../../ui/moment.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { useNow } from '../../ui/use-now.ts';
import { messages } from './messages.ts';

/** The endpoints that fail, and the subscriptions that Ancrage disabled. That nothing fails is said only when all is known. */
export function FailingNow() {
  const t = useText(messages);
  const summary = useSummary();
  const disabled = useSubscriptions({ state: 'disabled' });
  const error = summary.error ?? disabled.error;
  if (summary.data === undefined || !disabled.isSuccess)
    return error ? (
      <Failure error={error} onRetry={() => void Promise.all([summary.refetch(), disabled.refetch()])} />
    ) : (
      <Loading lines={1} />
    );
  const { failing, subscriptions } = summary.data;
  const now = failing.data.filter((endpoint) => !worksAgain(endpoint));
  const ended = disabled.items.filter(({ disabledReason }) => disabledReason !== 'manual');
  if (now.length === 0 && !failing.more && ended.length === 0)
    return disabled.hasNextPage ? (
      <p>
        <Link href="/subscriptions?state=disabled">
          {t('manyDisabled', { count: subscriptions.disabled.count })}
        </Link>
      </p>
    ) : (
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
        {now.map((endpoint) => (
          <li key={endpoint.subscriptionId}>
            <Failing endpoint={endpoint} />
          </li>
        ))}
        {ended.map((subscription) => (
          <li key={subscription.id}>
            <Ended subscription={subscription} />
          </li>
        ))}
      </ul>
      {failing.more && <Link href="/subscriptions?state=failing">{t('allFailing')}</Link>}
      {disabled.hasNextPage && <Link href="/subscriptions?state=disabled">{t('allDisabled')}</Link>}
    </section>
  );
}

/** After a success, an endpoint that failed now and then stays in the list until the next report about it. */
const worksAgain = ({ reason, lastFailureAt, lastSuccessAt }: FailingEndpoint): boolean =>
  reason === 'errors' && lastSuccessAt !== null && lastSuccessAt >= (lastFailureAt ?? '');

/** An endpoint that fails: its last answer, since when it fails, how many deliveries wait, and when the next one is tried. */
function Failing({ endpoint }: { endpoint: FailingEndpoint }) {
  const t = useText(messages);
  const failureText = useFailureText();
  const { subscriptionId, since, held, nextProbeAt, lastFailure, lastFailureAt } = endpoint;
  const situation = situationOfFailing(endpoint);
  return (
    <>
      <StatusBadge status={situation} />
      <div>
        <Link href={`/subscriptions/${subscriptionId}`}>
          <strong>{nameOf(endpoint)}</strong>
        </Link>{' '}
        {lastFailure !== null && <span>{failureText(lastFailure)}</span>}
        <p className="hint">
          {situation !== 'erring' && since !== null && <Since at={since} />}
          {situation === 'erring' && lastFailureAt !== null && (
            <>
              {t('lastAt')} <Moment at={lastFailureAt} />
            </>
          )}
          {held > 0 && <> · {t('waiting', { count: held })}</>}
          {situation === 'down' && (
            <>
              {' '}
              · <NextTry at={nextProbeAt} />
            </>
          )}
        </p>
      </div>
    </>
  );
}

/** When an endpoint that is down is tried again. */
function NextTry({ at }: { at: string | null }) {
  const t = useText(messages);
  const now = useNow();
  if (at === null) return t('triedByNextEvent');
  if (Date.parse(at) <= now) return t('triedNow');
  return (
    <>
      {t('nextTry')} <Moment at={at} />
    </>
  );
}

/** A subscription that Ancrage disabled. */
function Ended({ subscription }: { subscription: Subscription }) {
  const t = useText(messages);
  return (
    <>
      <StatusBadge status="disabled" />
      <div>
        <Link href={`/subscriptions/${subscription.id}`}>
          <strong>{nameOf(subscription)}</strong>
        </Link>{' '}
        <p className="hint">{t(subscription.disabledReason === 'gone' ? 'gone' : 'tooLong')}</p>
      </div>
    </>
  );
}
