import { Field, Select } from './field.tsx';
import { useFilter } from './use-filter.ts';

interface ChoiceFilterProps {
  /** Name of the filter in the address. */
  readonly name: string;
  readonly label: string;
  /** The text for no choice. */
  readonly all: string;
  /** The values with their texts. */
  readonly options: readonly (readonly [value: string, text: string])[];
}

/** A filter of the page that takes one of some values, or all. */
export function ChoiceFilter({ name, label, all, options }: ChoiceFilterProps) {
  const [value, setValue] = useFilter(name);
  return (
    <Field label={label} labelHidden>
      {(control) => (
        <Select {...control} value={value} options={[['', all], ...options]} onChange={setValue} />
      )}
    </Field>
  );
}
