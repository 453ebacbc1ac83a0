import { STATES } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { ChoiceFilter } from '../../ui/choice-filter.tsx';
import { EventTypeInput } from '../../ui/event-type-input.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useTypedFilter } from '../../ui/use-filter.ts';
import { messages } from './messages.ts';

export function Filters() {
  const t = useText(messages);
  const [name, setName] = useTypedFilter('name');
  const [event, setEvent] = useTypedFilter('event');
  return (
    <search className="filters">
      <SearchField label={t('search')} value={name} onChange={setName} />
      <ChoiceFilter
        name="state"
        label={t('state')}
        all={t('all')}
        options={STATES.map((each) => [each, t(each)] as const)}
      />
      <EventTypeInput label={t('event')} value={event} onChange={setEvent} />
    </search>
  );
}
