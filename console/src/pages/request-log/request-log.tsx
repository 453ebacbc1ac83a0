import { useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { type Outcome, useAttempts } from '../../api/attempts.ts';
import { AttemptDialog } from '../../attempt/attempt-dialog.tsx';
import { useOpenAttempt } from '../../attempt/use-open-attempt.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Scan } from '../../ui/scan.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { useLoadMore } from '../../ui/use-load-more.ts';
import { VirtualRows } from '../../ui/virtual-rows.tsx';
import { AttemptRow } from './attempt-row.tsx';
import { LogFilters } from './log-filters.tsx';
import { messages } from './messages.ts';
import { ResendBar } from './resend-bar.tsx';
import { useSelection } from './use-selection.ts';

const FILTERS = ['outcome', 'type', 'since', 'until'];

/** The attempts of a subscription, updated live. */
export function RequestLog({ subscriptionId }: { subscriptionId: string }) {
  const t = useText(messages);
  const [search, setSearch] = useSearchParams();
  const [live, setLive] = useState(true);
  const { open, show, close } = useOpenAttempt();
  const { can } = useSession();
  const selection = useSelection();
  const outcome = search.get('outcome');
  const log = useAttempts({
    subscriptionId,
    live,
    since: search.get('since'),
    until: search.get('until'),
    outcome: outcome === 'success' || outcome === 'failure' ? (outcome satisfies Outcome) : undefined,
  });
  const { items, error, isPending, hasNextPage, isFetchingNextPage, refetch } = log;
  const type = search.get('type') ?? '';
  const found = useMemo(() => items.filter(({ eventType }) => eventType.includes(type)), [items, type]);
  const isScanning = type !== '' && hasNextPage;
  const loadMore = useLoadMore({ ...log, hasNextPage: hasNextPage && !isScanning });
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
            {hasNextPage && !isScanning && t('more')}
          </p>
          <VirtualRows
            label={t('list')}
            items={found}
            keyOf={({ id }) => id}
            rowHeight={57}
            render={(attempt) => (
              <AttemptRow
                attempt={attempt}
                selection={can('manage') ? selection : undefined}
                onOpen={() => show(attempt)}
              />
            )}
            onEnd={loadMore}
          />
        </>
      )}
      {log.isSuccess && found.length === 0 && !isFiltered && (
        <Empty icon="log" title={t('emptyTitle')}>
          {t('emptyText')}
        </Empty>
      )}
      {isScanning && <Scan list={log} found={found.length} />}
      {log.isSuccess && found.length === 0 && isFiltered && !hasNextPage && (
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
      {isFetchingNextPage && !isScanning && <Loading lines={1} />}
      <ResendBar selection={selection} />
      {open && <AttemptDialog open={open} list={found} onShow={show} onClose={close} />}
    </>
  );
}

function without(search: URLSearchParams, names: readonly string[]): URLSearchParams {
  const rest = new URLSearchParams(search);
  for (const name of names) rest.delete(name);
  return rest;
}
