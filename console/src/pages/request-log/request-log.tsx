import { useState } from 'react';
import { useSubscriptionAttempts } from '../../api/attempt-lists.ts';
import { AttemptList } from './attempt-list.tsx';
import { LogFilters } from './log-filters.tsx';
import { useLogFilter } from './use-log-filter.ts';

/** Every attempt of a subscription, updated live and filtered by the API. */
export function RequestLog({ subscriptionId }: { subscriptionId: string }) {
  const [live, setLive] = useState(true);
  const { filter, isFiltered, clear } = useLogFilter();
  const { subscription: _, ...asked } = filter;
  const log = useSubscriptionAttempts(subscriptionId, asked, live);
  return (
    <>
      <LogFilters live={live} onLive={setLive} />
      <AttemptList log={log} {...(isFiltered && { onClear: clear })} />
    </>
  );
}
