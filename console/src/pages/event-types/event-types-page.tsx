import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { toPathSegment } from '../../../../client/index.ts';
import { useEventTypes } from '../../api/event-types.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { GridList } from '../../ui/grid-list.tsx';
import { NextPageFailure } from '../../ui/next-page-failure.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Scan } from '../../ui/scan.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { useFilter } from '../../ui/use-filter.ts';
import { useLoadMore } from '../../ui/use-load-more.ts';
import { CataloguesDialog } from './catalogues-dialog.tsx';
import { messages } from './messages.ts';

export default function EventTypesPage() {
  const t = useText(messages);
  const { can } = useSession();
  const [words, setWords] = useFilter('q');
  const [archived, setArchived] = useFilter('archived');
  const [loading, setLoading] = useState(false);
  const add = can('manage') && (
    <>
      <Button onClick={() => setLoading(true)}>{t('catalogues')}</Button>
      <ButtonLink kind="primary" icon="plus" href="/new-event-type">
        {t('add')}
      </ButtonLink>
    </>
  );
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} actions={add} />
      <search className="filters">
        <SearchField label={t('search')} value={words} onChange={setWords} />
        <label className="choice live">
          <input
            type="checkbox"
            checked={archived !== ''}
            onChange={({ target }) => setArchived(target.checked ? '1' : '')}
          />
          {t('includeArchived')}
        </label>
      </search>
      <List words={words.toLowerCase()} includeArchived={archived !== ''} add={add} />
      {loading && <CataloguesDialog onClose={() => setLoading(false)} />}
    </>
  );
}

interface ListProps {
  readonly words: string;
  readonly includeArchived: boolean;
  readonly add: ReactNode;
}

function List({ words, includeArchived, add }: ListProps) {
  const t = useText(messages);
  const catalogue = useEventTypes({ includeArchived });
  const { items, isPending, error, refetch, hasNextPage } = catalogue;
  const found = items.filter(({ type }) => type.toLowerCase().includes(words));
  // The API has no search in names, so what is loaded is searched here.
  const isScanning = hasNextPage && (words !== '' || found.length === 0);
  const loadMore = useLoadMore({ ...catalogue, hasNextPage: hasNextPage && !isScanning });
  if (isPending) return <Loading lines={6} />;
  if (error && items.length === 0) return <Failure error={error} onRetry={() => refetch()} />;
  if (found.length === 0 && !hasNextPage)
    return (
      <Empty
        icon="types"
        title={t(items.length === 0 ? 'emptyTitle' : 'noneTitle')}
        action={items.length === 0 && add}
      >
        {t(items.length === 0 ? 'emptyText' : 'noneText')}
      </Empty>
    );
  return (
    <>
      {found.length > 0 && (
        <GridList
          label={t('list')}
          items={found}
          keyOf={({ type }) => type}
          nameOf={({ type }) => type}
          rowHeight={48}
          onEnd={loadMore}
          render={({ type, description, samples, schema, archived }) => (
            <Link href={`/event-types/${toPathSegment(type)}`} className="row type-row">
              <span className="row-main">
                <strong className="mono">{type}</strong>
                {description && <span className="muted clip">{description}</span>}
              </span>
              <span className="chips">
                {archived && <span className="tag">{t('archived')}</span>}
                {schema !== null && <span className="tag">{t('schema')}</span>}
                {samples.length > 0 && <span className="tag">{t('samples', { count: samples.length })}</span>}
              </span>
            </Link>
          )}
        />
      )}
      {!isScanning && <NextPageFailure list={catalogue} />}
      {isScanning && <Scan list={catalogue} found={found.length} />}
    </>
  );
}
