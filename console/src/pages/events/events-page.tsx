import { type ReactNode, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { toPathSegment } from '../../../../client/index.ts';
import { useEvents } from '../../api/events.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { EventTypeFilter } from '../../ui/event-type-filter.tsx';
import { GridList } from '../../ui/grid-list.tsx';
import { Moment } from '../../ui/moment.tsx';
import { NextPageFailure } from '../../ui/next-page-failure.tsx';
import { NoMatches } from '../../ui/no-matches.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Scan } from '../../ui/scan.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { TimeRangeFilter } from '../../ui/time-range-filter.tsx';
import { useLoadMore } from '../../ui/use-load-more.ts';
import { messages } from './messages.ts';
import { PublishDialog } from './publish-dialog.tsx';

export default function EventsPage() {
  const t = useText(messages);
  const { can } = useSession();
  const [publishing, setPublishing] = useState(false);
  const publish = can('publish') && (
    <Button kind="primary" icon="send" onClick={() => setPublishing(true)}>
      {t('publish')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} actions={publish} />
      <EventFilters />
      <List publish={publish} />
      {publishing && <PublishDialog onClose={() => setPublishing(false)} />}
    </>
  );
}

function EventFilters() {
  const t = useText(messages);
  return (
    <search className="filters">
      <EventTypeFilter name="type" label={t('type')} />
      <TimeRangeFilter />
    </search>
  );
}

function List({ publish }: { publish: ReactNode }) {
  const t = useText(messages);
  const [search, setSearch] = useSearchParams();
  const type = search.get('type');
  const since = search.get('since');
  const until = search.get('until');
  const events = useEvents({
    ...(type && { type }),
    ...(since && { since }),
    ...(until && { until }),
  });
  const { items, isPending, error, hasNextPage, refetch } = events;
  // A page may be empty although another one has a match, so the search goes on when told to.
  const isSearching = search.size > 0 && hasNextPage;
  const loadMore = useLoadMore({ ...events, hasNextPage: hasNextPage && !isSearching });

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
            nameOf={({ type }) => type}
            rowHeight={45}
            onEnd={loadMore}
            render={({ id, type, acceptedAt }) => (
              <Link href={`/events/${toPathSegment(id)}`} className="row event-row">
                <strong className="mono">{type}</strong>
                <span className="mono muted clip">{id}</span>
                <span className="muted when">
                  <Moment at={acceptedAt} />
                </span>
              </Link>
            )}
          />
        )}
        {!isSearching && <NextPageFailure list={events} />}
        {isSearching && <Scan list={events} />}
      </>
    );
  if (search.size === 0)
    return (
      <Empty icon="events" title={t('emptyTitle')} action={publish}>
        {t('emptyText')}
      </Empty>
    );
  return <NoMatches onClear={() => setSearch({})}>{t('noneText')}</NoMatches>;
}
