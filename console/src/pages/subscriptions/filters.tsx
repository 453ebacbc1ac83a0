import { STATES } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { EventTypeInput } from '../../ui/event-type-input.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useFilter, useTypedFilter } from '../../ui/use-filter.ts';
import { messages } from './messages.ts';

export function Filters() {
  const t = useText(messages);
  const [name, setName] = useTypedFilter('name');
  const [state, setState] = useFilter('state');
  const [event, setEvent] = useTypedFilter('event');
  return (
    <search className="filters">
      <SearchField label={t('search')} value={name} onChange={setName} />
      <Field label={t('state')} labelHidden>
        {(control) => (
          <Select
            {...control}
            value={state}
            options={[['', t('all')], ...STATES.map((name) => [name, t(name)] as const)]}
            onChange={setState}
          />
        )}
      </Field>
      <EventTypeInput label={t('event')} value={event} onChange={setEvent} />
    </search>
  );
}
