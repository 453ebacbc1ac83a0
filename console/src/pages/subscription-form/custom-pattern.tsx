import { type KeyboardEvent, useState } from 'react';
import { useText } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useForm } from './form-context.ts';
import { messages } from './messages.ts';

/** An input for a pattern, or for an event type that is not in the catalogue. */
export function CustomPattern() {
  const t = useText(messages);
  const { draft, change, touch } = useForm();
  const [text, setText] = useState('');
  function add() {
    const pattern = text.trim();
    if (pattern === '') return;
    if (!draft.events.includes(pattern)) change({ events: [...draft.events, pattern] });
    touch('events');
    setText('');
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter') return;
    // Enter would submit the form.
    event.preventDefault();
    add();
  }
  return (
    <div className="columns with-button">
      <Field label={t('otherEvent')} hint={t('otherEventHint')}>
        {(control) => (
          <input
            {...control}
            className="mono"
            value={text}
            placeholder="job.status.*"
            spellCheck={false}
            autoComplete="off"
            onChange={({ target }) => setText(target.value)}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <Button icon="plus" onClick={add}>
        {t('add')}
      </Button>
    </div>
  );
}
