import { useMemo } from 'react';
import type { Attempt } from '../../../../client/index.ts';
import type { AttemptPages } from '../../api/attempt-lists.ts';
import { AttemptDialog } from '../../attempt/attempt-dialog.tsx';
import { coursesOf } from '../../attempt/course.ts';
import { useOpenAttempt } from '../../attempt/use-open-attempt.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { GridList } from '../../ui/grid-list.tsx';
import type { RowSelection } from '../../ui/grid-list-props.ts';
import { NextPageFailure } from '../../ui/next-page-failure.tsx';
import { NoMatches } from '../../ui/no-matches.tsx';
import { Scan } from '../../ui/scan.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { useLoadMore } from '../../ui/use-load-more.ts';
import { AttemptRow } from './attempt-row.tsx';
import { messages } from './messages.ts';
import { ResendBar } from './resend-bar.tsx';
import { canBeChosen, useSelection } from './use-selection.ts';

interface AttemptListProps<Each extends Attempt> {
  readonly log: AttemptPages<Each>;
  /** The name of an attempt's subscription, in a list of several. */
  nameOf?(attempt: Each): string;
  /** Absent without filters. */
  onClear?(): void;
}

/** A list of attempts: open one, or select several and resend their deliveries. */
export function AttemptList<Each extends Attempt>({ log, nameOf, onClear }: AttemptListProps<Each>) {
  const t = useText(messages);
  const { open, show, close } = useOpenAttempt();
  const { can } = useSession();
  const selection = useSelection();
  const { items: found, error, isPending, isScanning, hasNextPage, isFetchingNextPage, refetch } = log;
  const courseOf = useMemo(() => coursesOf(found), [found]);
  const loadMore = useLoadMore({ ...log, hasNextPage: hasNextPage && !isScanning });
  const rows: RowSelection = {
    keys: selection.ids,
    disabled: useMemo(() => new Set(found.filter((each) => !canBeChosen(each)).map(({ id }) => id)), [found]),
    onChange: (ids) => selection.choose(ids, found),
  };
  const isEmpty = log.isSuccess && found.length === 0 && !hasNextPage;
  return (
    <>
      {isPending && <Loading lines={6} />}
      {error && found.length === 0 && <Failure error={error} onRetry={() => refetch()} />}
      {found.length > 0 && (
        <>
          <p className="list-count muted" aria-live="polite">
            {t('shown', { count: found.length })}
            {hasNextPage && !isScanning && t('more')}
          </p>
          <GridList
            label={t('list')}
            items={found}
            keyOf={({ id }) => id}
            nameOf={({ eventType }) => eventType}
            rowHeight={62}
            render={(attempt) => (
              <AttemptRow
                attempt={attempt}
                course={courseOf(attempt)}
                {...(nameOf && { subscription: nameOf(attempt) })}
                selection={can('manage') ? selection : undefined}
              />
            )}
            onEnd={loadMore}
            {...(can('manage') && { selection: rows })}
          />
        </>
      )}
      {!isScanning && <NextPageFailure list={log} />}
      {isScanning && <Scan list={log} />}
      {isEmpty && onClear === undefined && (
        <Empty icon="log" title={t('emptyTitle')}>
          {t('emptyText')}
        </Empty>
      )}
      {isEmpty && onClear !== undefined && <NoMatches onClear={onClear}>{t('noneText')}</NoMatches>}
      {isFetchingNextPage && !isScanning && <Loading lines={1} />}
      <ResendBar selection={selection} />
      {open && <AttemptDialog open={open} list={found} onShow={show} onClose={close} />}
    </>
  );
}
