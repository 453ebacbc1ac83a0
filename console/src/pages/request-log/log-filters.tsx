import type { ReactNode } from 'react';
import { useText } from '../../i18n/language.tsx';
import { ChoiceFilter } from '../../ui/choice-filter.tsx';
import { EventTypeFilter } from '../../ui/event-type-filter.tsx';
import { TimeRangeFilter } from '../../ui/time-range-filter.tsx';
import { messages } from './messages.ts';

const OUTCOMES = ['success', 'failure'] as const;

interface LogFiltersProps {
  readonly live: boolean;
  onLive(live: boolean): void;
  /** Further filters. */
  readonly children?: ReactNode;
}

export function LogFilters({ live, onLive, children }: LogFiltersProps) {
  const t = useText(messages);
  return (
    <search className="filters">
      {children}
      <ChoiceFilter
        name="outcome"
        label={t('outcome')}
        all={t('anyOutcome')}
        options={OUTCOMES.map((each) => [each, t(each)] as const)}
      />
      <EventTypeFilter name="type" label={t('type')} />
      <TimeRangeFilter />
      <label className="choice live">
        <input type="checkbox" checked={live} onChange={({ target }) => onLive(target.checked)} />
        {t('live')}
      </label>
    </search>
  );
}
