import { type Situation, situationOf } from '../../api/health.ts';
import { useSubscription, useSubscriptions } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { useFilter } from '../../ui/use-filter.ts';
import { messages } from './messages.ts';
import { RequestLog } from './request-log.tsx';
import { SubscriptionChoice } from './subscription-choice.tsx';

const WELL: readonly Situation[] = ['healthy', 'paused', 'disabled'];

/** The log of one subscription: the selected one, or else the first unhealthy one. */
export default function RequestLogPage() {
  const t = useText(messages);
  const [chosen, choose] = useFilter('subscription');
  const { items, isPending, error, refetch } = useSubscriptions();
  const worst = items.find((subscription) => !WELL.includes(situationOf(subscription))) ?? items[0];
  const listed = items.find(({ id }) => id === chosen);
  // One that is not among those that were loaded.
  const other = useSubscription(listed === undefined && !isPending ? chosen : '');
  const shown = chosen === '' ? worst : (listed ?? other.data);
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        badge={shown && <StatusBadge status={situationOf(shown)} />}
      />
      {isPending && <Loading />}
      {error && items.length === 0 && <Failure error={error} onRetry={() => refetch()} />}
      {other.error && <Failure error={other.error} onRetry={() => other.refetch()} />}
      {items.length > 0 && <SubscriptionChoice shown={shown} onChoose={choose} />}
      {shown && <RequestLog key={shown.id} subscriptionId={shown.id} />}
      {!isPending && !error && items.length === 0 && (
        <Empty
          icon="log"
          title={t('noSubscription')}
          action={
            <ButtonLink kind="primary" icon="plus" href="/subscriptions/new">
              {t('add')}
            </ButtonLink>
          }
        >
          {t('noSubscriptionNext')}
        </Empty>
      )}
    </>
  );
}
