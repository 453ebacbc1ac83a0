import { Field } from './field.tsx';
import { useFilter } from './use-filter.ts';

/** A filter by time, in the user's time zone. */
export function TimeFilter({ name, label }: { name: 'since' | 'until'; label: string }) {
  const [value, setValue] = useFilter(name);
  return (
    <div className="inline-field">
      <Field label={label}>
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            value={value}
            onChange={({ target }) => setValue(target.value)}
          />
        )}
      </Field>
    </div>
  );
}
