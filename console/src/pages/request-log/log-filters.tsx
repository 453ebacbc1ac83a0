import type { ReactNode } from 'react';
import { useText } from '../../i18n/language.tsx';
import { EventTypeInput } from '../../ui/event-type-input.tsx';
import { Field } from '../../ui/field.tsx';
import { TimeRangeFilter } from '../../ui/time-range.tsx';
import { useFilter, useTypedFilter } from '../../ui/use-filter.ts';
import { messages } from './messages.ts';

interface LogFiltersProps {
  readonly live: boolean;
  onLive(live: boolean): void;
  /** Further filters. */
  readonly children?: ReactNode;
}

export function LogFilters({ live, onLive, children }: LogFiltersProps) {
  const t = useText(messages);
  const [outcome, setOutcome] = useFilter('outcome');
  const [type, setType] = useTypedFilter('type');
  return (
    <search className="filters">
      {children}
      <Field label={t('outcome')} labelHidden>
        {(control) => (
          <select {...control} value={outcome} onChange={({ target }) => setOutcome(target.value)}>
            <option value="">{t('anyOutcome')}</option>
            <option value="success">{t('success')}</option>
            <option value="failure">{t('failure')}</option>
          </select>
        )}
      </Field>
      <EventTypeInput label={t('type')} value={type} onChange={setType} />
      <TimeRangeFilter />
      <label className="choice live">
        <input type="checkbox" checked={live} onChange={({ target }) => onLive(target.checked)} />
        {t('live')}
      </label>
    </search>
  );
}
