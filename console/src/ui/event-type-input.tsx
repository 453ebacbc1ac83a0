import { useId } from 'react';
import { useEventTypes } from '../api/event-types.ts';
import { Field } from './field.tsx';

interface EventTypeInputProps {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
}

/** An event type: one of the catalogue's, or any other. */
export function EventTypeInput({ label, value, onChange }: EventTypeInputProps) {
  const listId = useId();
  const { items } = useEventTypes();
  return (
    <Field label={label} labelHidden>
      {(control) => (
        <>
          <input
            {...control}
            list={listId}
            value={value}
            placeholder={label}
            spellCheck={false}
            autoComplete="off"
            onChange={({ target }) => onChange(target.value)}
          />
          <datalist id={listId}>
            {items.map(({ type }) => (
              <option key={type} value={type} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
