import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { Attempt } from '../../../../client/index.ts';
import { type Outcome, useAttempts } from '../../api/attempts.ts';
import { AttemptDialog } from '../../attempt/attempt-dialog.tsx';
import { useOpenAttempt } from '../../attempt/use-open-attempt.ts';
import { useText } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { useLoadMore } from '../../ui/use-load-more.ts';
import { VirtualRows } from '../../ui/virtual-rows.tsx';
import { AttemptRow } from './attempt-row.tsx';
import { LogFilters } from './log-filters.tsx';
import { messages } from './messages.ts';

const FILTERS = ['outcome', 'type', 'since', 'until'];

/** The attempts of a subscription, updated live. */
export function RequestLog({ subscriptionId }: { subscriptionId: string }) {
  const t = useText(messages);
  const [search, setSearch] = useSearchParams();
  const [live, setLive] = useState(true);
  const { open, show, close } = useOpenAttempt();
  const outcome = search.get('outcome');
  const log = useAttempts({
    subscriptionId,
    live,
    outcome: outcome === 'success' || outcome === 'failure' ? (outcome satisfies Outcome) : undefined,
  });
  const { items, error, isPending, hasNextPage, isFetchingNextPage, refetch } = log;
  const found = useMatching(items, search);
  const since = search.get('since') ?? undefined;
  // Older pages only contain attempts from before the period.
  const isComplete = since !== undefined && (items.at(-1)?.at ?? since) < since;
  const loadMore = useLoadMore({ ...log, hasNextPage: hasNextPage && !isComplete });
  useEffect(() => {
    if (items.length > 0 && found.length === 0) loadMore();
  }, [items.length, found.length, loadMore]);
  const isFiltered = FILTERS.some((name) => search.has(name));

  return (
    <>
      <LogFilters live={live} onLive={setLive} />
      {isPending && <Loading lines={6} />}
      {error && items.length === 0 && <Failure error={error} onRetry={() => refetch()} />}
      {found.length > 0 && (
        <>
          <p className="list-count muted" aria-live="polite">
            {t('shown', { count: found.length })}
            {hasNextPage && t('more')}
          </p>
          <VirtualRows
            label={t('list')}
            items={found}
            keyOf={({ id }) => id}
            rowHeight={57}
            render={(attempt) => <AttemptRow attempt={attempt} onOpen={() => show(attempt)} />}
            onEnd={loadMore}
          />
        </>
      )}
      {log.isSuccess && found.length === 0 && !isFiltered && (
        <Empty icon="log" title={t('emptyTitle')}>
          {t('emptyText')}
        </Empty>
      )}
      {log.isSuccess && found.length === 0 && isFiltered && (
        <Empty
          icon="search"
          title={t('noneTitle')}
          action={
            <Button onClick={() => setSearch((former) => without(former, FILTERS))}>{t('clear')}</Button>
          }
        >
          {t('noneText')}
        </Empty>
      )}
      {isFetchingNextPage && <Loading lines={1} />}
      {open && <AttemptDialog open={open} list={found} onShow={show} onClose={close} />}
    </>
  );
}

/** Filter the loaded attempts. The API only filters the log by outcome. */
function useMatching(items: readonly Attempt[], search: URLSearchParams): readonly Attempt[] {
  const type = search.get('type') ?? '';
  const since = search.get('since');
  const until = search.get('until');
  return useMemo(
    () =>
      items.filter(
        ({ eventType, at }) =>
          eventType.includes(type) && (since === null || at >= since) && (until === null || at <= until),
      ),
    [items, type, since, until],
  );
}

function without(search: URLSearchParams, names: readonly string[]): URLSearchParams {
  const rest = new URLSearchParams(search);
  for (const name of names) rest.delete(name);
  return rest;
}
