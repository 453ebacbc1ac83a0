import { useState } from 'react';
import type { Attempt } from '../../../../client/index.ts';
import { useProjectAttempts } from '../../api/attempt-lists.ts';
import { nameOf, useSubscription, useSubscriptions } from '../../api/subscriptions.ts';
import { useFilter } from '../../ui/use-filter.ts';
import { AttemptList } from './attempt-list.tsx';
import { LogFilters } from './log-filters.tsx';
import { SubscriptionChoice } from './subscription-choice.tsx';
import { useLogFilter } from './use-log-filter.ts';

/** The attempts of all subscriptions, updated live and filtered by the API. */
export function ProjectLog() {
  const [live, setLive] = useState(true);
  const { filter, isFiltered, clear } = useLogFilter();
  const log = useProjectAttempts(filter, live);
  const [chosen, choose] = useFilter('subscription');
  const subscriptions = useNamedSubscriptions(chosen);
  const names = new Map(subscriptions.map((each) => [each.id, nameOf(each)]));
  // The names of a large project are not all loaded: what tells an endpoint apart then is its URL.
  const nameOfAttempt = ({ subscriptionId, request }: Attempt) =>
    names.get(subscriptionId) ?? nameOf(request);
  const lastPage = log.data?.pages.at(-1)?.data;
  return (
    <>
      <LogFilters live={live} onLive={setLive}>
        <SubscriptionChoice chosen={chosen} name={names.get(chosen) ?? chosen} onChoose={choose} />
      </LogFilters>
      <AttemptList
        log={log}
        found={log.items}
        // The API looks at a limited number of attempts at once, so a page may have none and still not be the last.
        isScanning={log.hasNextPage && lastPage?.length === 0}
        nameOf={nameOfAttempt}
        {...(isFiltered && { onClear: clear })}
      />
    </>
  );
}

/** The latest subscriptions, with the chosen one. */
function useNamedSubscriptions(chosen: string) {
  const { items, isPending } = useSubscriptions();
  const isListed = items.some(({ id }) => id === chosen);
  const other = useSubscription(isListed || isPending ? '' : chosen);
  return other.data === undefined || isListed ? items : [other.data, ...items];
}
