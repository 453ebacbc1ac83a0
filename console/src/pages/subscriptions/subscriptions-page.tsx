import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { nameOf, STATES, useSubscriptions } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Scan } from '../../ui/scan.tsx';
import { SearchGoesOn } from '../../ui/search-goes-on.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { useLoadMore } from '../../ui/use-load-more.ts';
import { VirtualRows } from '../../ui/virtual-rows.tsx';
import { Filters } from './filters.tsx';
import { messages } from './messages.ts';
import { SubscriptionRow } from './subscription-row.tsx';

export default function SubscriptionsPage() {
  const t = useText(messages);
  const { can } = useSession();
  const add = can('manage') && (
    <ButtonLink kind="primary" icon="plus" href="/subscriptions/new">
      {t('add')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} actions={add} />
      <Filters />
      <List add={add} />
    </>
  );
}

function List({ add }: { add: ReactNode }) {
  const t = useText(messages);
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((name) => name === search.get('state'));
  const event = search.get('event');
  const subscriptions = useSubscriptions({
    ...(event && { event }),
    ...(state && { state }),
  });
  const { items, error, isPending, hasNextPage, refetch } = subscriptions;
  const words = (search.get('q') ?? '').toLowerCase();
  const found = items.filter((subscription) =>
    `${nameOf(subscription)} ${subscription.url} ${subscription.id}`.toLowerCase().includes(words),
  );
  // The API has no text search, so what is loaded is searched here.
  const isScanning = words !== '' && hasNextPage;
  const loadMore = useLoadMore({ ...subscriptions, hasNextPage: hasNextPage && !isScanning });

  if (isPending) return <Loading lines={6} />;
  if (error && items.length === 0) return <Failure error={error} onRetry={() => refetch()} />;
  if (found.length > 0 || isScanning)
    return (
      <>
        {found.length > 0 && (
          <VirtualRows
            label={t('list')}
            items={found}
            keyOf={({ id }) => id}
            rowHeight={68}
            render={(subscription) => <SubscriptionRow subscription={subscription} />}
            onEnd={loadMore}
          />
        )}
        {isScanning && <Scan list={subscriptions} found={found.length} />}
      </>
    );
  if (hasNextPage) return <SearchGoesOn list={subscriptions} />;
  if (search.size === 0)
    return (
      <Empty icon="subscriptions" title={t('emptyTitle')} action={add}>
        {t('emptyText')}
      </Empty>
    );
  return (
    <Empty
      icon="search"
      title={t('noneTitle')}
      action={<Button onClick={() => setSearch({})}>{t('clear')}</Button>}
    >
      {t('noneText')}
    </Empty>
  );
}
