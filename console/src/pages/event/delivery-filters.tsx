import { DELIVERY_STATES } from '../../api/deliveries.ts';
import { useText } from '../../i18n/language.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useFilter, useTypedFilter } from '../../ui/use-filter.ts';
import { messages } from './messages.ts';

export function DeliveryFilters() {
  const t = useText(messages);
  const [name, setName] = useTypedFilter('name');
  const [state, setState] = useFilter('state');
  return (
    <search className="filters">
      <SearchField label={t('search')} value={name} onChange={setName} />
      <Field label={t('state')} labelHidden>
        {(control) => (
          <Select
            {...control}
            value={state}
            options={[['', t('all')], ...DELIVERY_STATES.map((each) => [each, t(each)] as const)]}
            onChange={setState}
          />
        )}
      </Field>
    </search>
  );
}
