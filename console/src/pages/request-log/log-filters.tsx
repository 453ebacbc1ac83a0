import type { ReactNode } from 'react';
import { useText } from '../../i18n/language.tsx';
import { ChoiceFilter } from '../../ui/choice-filter.tsx';
import { EventTypeInput } from '../../ui/event-type-input.tsx';
import { TimeRangeFilter } from '../../ui/time-range.tsx';
import { useTypedFilter } from '../../ui/use-filter.ts';
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
  const [type, setType] = useTypedFilter('type');
  return (
    <search className="filters">
      {children}
      <ChoiceFilter
        name="outcome"
        label={t('outcome')}
        all={t('anyOutcome')}
        options={OUTCOMES.map((each) => [each, t(each)] as const)}
      />
      <EventTypeInput label={t('type')} value={type} onChange={setType} />
      <TimeRangeFilter />
      <label className="choice live">
        <input type="checkbox" checked={live} onChange={({ target }) => onLive(target.checked)} />
        {t('live')}
      </label>
    </search>
  );
}
