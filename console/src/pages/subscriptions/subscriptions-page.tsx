import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { nameOf, STATES, useSubscriptions } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { GridList } from '../../ui/grid-list.tsx';
import { NextPageFailure } from '../../ui/next-page-failure.tsx';
import { NoMatches } from '../../ui/no-matches.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Scan } from '../../ui/scan.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { useLoadMore } from '../../ui/use-load-more.ts';
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
  const [name, event] = [search.get('name'), search.get('event')];
  const subscriptions = useSubscriptions({
    ...(name && { name }),
    ...(event && { event }),
    ...(state && { state }),
  });
  const { items, error, isPending, hasNextPage, refetch } = subscriptions;
  // A page may be empty although another one has a match, so the search goes on when told to.
  const isSearching = (name ?? event ?? state) != null && hasNextPage;
  const loadMore = useLoadMore({ ...subscriptions, hasNextPage: hasNextPage && !isSearching });

  if (isPending) return <Loading lines={6} />;
  if (error && items.length === 0) return <Failure error={error} onRetry={() => refetch()} />;
  if (items.length > 0 || isSearching)
    return (
      <>
        {items.length > 0 && (
          <GridList
            label={t('list')}
            items={items}
            keyOf={({ id }) => id}
            nameOf={(subscription) => nameOf(subscription)}
            rowHeight={68}
            render={(subscription) => <SubscriptionRow subscription={subscription} />}
            onEnd={loadMore}
          />
        )}
        {!isSearching && <NextPageFailure list={subscriptions} />}
        {isSearching && <Scan list={subscriptions} />}
      </>
    );
  if (search.size === 0)
    return (
      <Empty icon="subscriptions" title={t('emptyTitle')} action={add}>
        {t('emptyText')}
      </Empty>
    );
  return <NoMatches onClear={() => setSearch({})}>{t('noneText')}</NoMatches>;
}
