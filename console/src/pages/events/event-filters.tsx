import { useText } from '../../i18n/language.tsx';
import { EventTypeInput } from '../../ui/event-type-input.tsx';
import { TimeFilter } from '../../ui/time-filter.tsx';
import { useFilter } from '../../ui/use-filter.ts';
import { messages } from './messages.ts';

export function EventFilters() {
  const t = useText(messages);
  const [type, setType] = useFilter('type');
  return (
    <search className="filters">
      <EventTypeInput label={t('type')} value={type} onChange={setType} />
      <TimeFilter name="since" label={t('since')} />
      <TimeFilter name="until" label={t('until')} />
    </search>
  );
}
