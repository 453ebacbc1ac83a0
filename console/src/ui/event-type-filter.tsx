import { useEffect, useState } from 'react';
import { isEventTypeName } from '../format/event-type-name.ts';
import { useText } from '../i18n/language.tsx';
import { EventTypeInput } from './event-type-input.tsx';
import { messages } from './messages.ts';
import { useFilter } from './use-filter.ts';

interface EventTypeFilterProps {
  /** Of the parameter in the address. */
  readonly name: string;
  readonly label: string;
}

/**
 * A filter by exactly one event type. A part of a name only narrows the suggestions: what is asked for changes when one of them
 * is taken, on Enter, or when the input is left.
 */
export function EventTypeFilter({ name, label }: EventTypeFilterProps) {
  const t = useText(messages);
  const [value, setValue] = useFilter(name);
  const [typed, setTyped] = useState(value);
  const [isFaulty, setFaulty] = useState(false);
  useEffect(() => {
    setTyped(value);
    setFaulty(false);
  }, [value]);
  function commit(text: string) {
    const type = text.trim();
    const isValid = type === '' || isEventTypeName(type);
    setTyped(type);
    setFaulty(!isValid);
    if (isValid && type !== value) setValue(type);
  }
  return (
    <EventTypeInput
      label={label}
      value={typed}
      error={isFaulty ? t('noEventType') : undefined}
      onChange={(text) => {
        setTyped(text);
        setFaulty(false);
        if (text === '') commit(text);
      }}
      onCommit={commit}
    />
  );
}
