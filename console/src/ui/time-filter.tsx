import { fieldTime, toField } from '../format/time.ts';
import { useZone } from '../i18n/times.tsx';
import { Field } from './field.tsx';
import { useTypedFilter } from './use-filter.ts';

/** A filter by time, entered in the user's zone. The address has it in UTC, so that a link shows everybody the same. */
export function TimeFilter({ name, label }: { name: 'since' | 'until'; label: string }) {
  const [value, setValue] = useTypedFilter(name);
  const { zone } = useZone();
  return (
    <div className="inline-field">
      <Field label={label}>
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            value={toField(value, zone)}
            onChange={({ target }) => setValue(fieldTime(target.value, zone) ?? '')}
          />
        )}
      </Field>
    </div>
  );
}
