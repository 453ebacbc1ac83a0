import { useState } from 'react';
import type { ProjectAttempt } from '../../../../client/index.ts';
import { useProjectAttempts } from '../../api/attempt-lists.ts';
import { nameOf, useSubscription } from '../../api/subscriptions.ts';
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
  const subscription = useSubscription(chosen);
  return (
    <>
      <LogFilters live={live} onLive={setLive}>
        <SubscriptionChoice
          chosen={chosen}
          name={subscription.data ? nameOf(subscription.data) : chosen}
          onChoose={choose}
        />
      </LogFilters>
      <AttemptList log={log} nameOf={nameOfSubscription} {...(isFiltered && { onClear: clear })} />
    </>
  );
}

/** Return the name of an attempt's subscription, or its URL if it has no name. */
const nameOfSubscription = ({ subscriptionName: name, request: { url } }: ProjectAttempt): string =>
  nameOf({ name, url });
