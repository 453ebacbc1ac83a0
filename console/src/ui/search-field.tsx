import { Field } from './field.tsx';
import { Icon } from './icon.tsx';

interface SearchFieldProps {
  /** Placeholder and accessible name. */
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
}

export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <Field label={label} labelHidden>
      {(control) => (
        <span className="search-input">
          <Icon name="search" />
          <input
            {...control}
            type="search"
            value={value}
            placeholder={label}
            onChange={({ target }) => onChange(target.value)}
          />
        </span>
      )}
    </Field>
  );
}
