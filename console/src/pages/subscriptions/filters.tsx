import { STATES } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { ChoiceFilter } from '../../ui/choice-filter.tsx';
import { EventTypeFilter } from '../../ui/event-type-filter.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useTypedFilter } from '../../ui/use-filter.ts';
import { messages } from './messages.ts';

export function Filters() {
  const t = useText(messages);
  const [name, setName] = useTypedFilter('name');
  return (
    <search className="filters">
      <SearchField label={t('search')} value={name} onChange={setName} />
      <ChoiceFilter
        name="state"
        label={t('state')}
        all={t('all')}
        options={STATES.map((each) => [each, t(each)] as const)}
      />
      <EventTypeFilter name="event" label={t('event')} />
    </search>
  );
}
