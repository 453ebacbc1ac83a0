import { useId, useState } from 'react';
import { useEventTypes } from '../api/event-types.ts';
import { Field } from './field.tsx';

interface EventTypeInputProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  /** Show the label above the input. @default false: the label is the placeholder */
  readonly labelShown?: boolean;
  readonly value: string;
  onChange(value: string): void;
}

/** An input for an event type, with the catalogue as suggestions, which is loaded once the input is used. */
export function EventTypeInput({
  label,
  hint,
  error,
  labelShown = false,
  value,
  onChange,
}: EventTypeInputProps) {
  const listId = useId();
  const [isUsed, setUsed] = useState(false);
  const { items } = useEventTypes({ enabled: isUsed });
  return (
    <Field label={label} labelHidden={!labelShown} hint={hint} error={error}>
      {(control) => (
        <>
          <input
            {...control}
            list={listId}
            onFocus={() => setUsed(true)}
            value={value}
            placeholder={labelShown ? '' : label}
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
