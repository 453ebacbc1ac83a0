import { useMemo, useState } from 'react';
import { useEventTypeSearch } from '../api/event-types.ts';
import { useText } from '../i18n/language.tsx';
import { ComboBox } from './combo-box.tsx';
import { Field } from './field.tsx';
import { messages } from './messages.ts';

interface EventTypeInputProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  /** Show the label above the input. @default false: the label is the placeholder */
  readonly labelShown?: boolean;
  readonly value: string;
  onChange(value: string): void;
  /** Called with a text that is complete. */
  onCommit?(value: string): void;
}

/** An input for an event type, with the catalogue as suggestions, which is loaded once the input is used. */
export function EventTypeInput({
  label,
  hint,
  error,
  labelShown = false,
  value,
  onChange,
  onCommit,
}: EventTypeInputProps) {
  const [isUsed, setUsed] = useState(false);
  const t = useText(messages);
  const { items, isLoading } = useEventTypeSearch(value, isUsed);
  const options = useMemo(() => items.map(({ type }) => ({ id: type, text: type })), [items]);
  return (
    <Field label={label} labelHidden={!labelShown} hint={hint} error={error}>
      {(control) => (
        <ComboBox
          control={control}
          label={label}
          placeholder={labelShown ? '' : label}
          text={value}
          options={options}
          {...(isLoading && { empty: t('loading') })}
          onText={onChange}
          {...(onCommit && { onCommit })}
          onFocus={() => setUsed(true)}
        />
      )}
    </Field>
  );
}
