import { useState } from 'react';
import { useSubscriptionAttempts } from '../../api/attempt-lists.ts';
import { AttemptList } from './attempt-list.tsx';
import { LogFilters } from './log-filters.tsx';
import { useLogFilter } from './use-log-filter.ts';

/** Every attempt of a subscription, updated live. The API does not filter them by type, so the page does. */
export function RequestLog({ subscriptionId }: { subscriptionId: string }) {
  const [live, setLive] = useState(true);
  const { filter, isFiltered, clear } = useLogFilter();
  const { type = '', subscription: _, ...asked } = filter;
  const log = useSubscriptionAttempts(subscriptionId, asked, live);
  const found = type === '' ? log.items : log.items.filter(({ eventType }) => eventType.includes(type));
  return (
    <>
      <LogFilters live={live} onLive={setLive} />
      <AttemptList
        log={log}
        found={found}
        isScanning={type !== '' && log.hasNextPage}
        {...(isFiltered && { onClear: clear })}
      />
    </>
  );
}
