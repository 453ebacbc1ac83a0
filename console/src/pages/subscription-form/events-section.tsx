import { type KeyboardEvent, useState } from 'react';
import { useEventTypes } from '../../api/event-types.ts';
import { useText } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { messages as uiMessages } from '../../ui/messages.ts';
import { Scan } from '../../ui/scan.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { EventCheckbox } from './event-checkbox.tsx';
import { EVERYTHING, groupsOf, OPERATIONAL_EVENTS } from './event-groups.ts';
import { useForm } from './form-context.ts';
import { messages } from './messages.ts';
import { Section, SettingGroup } from './setting.tsx';

/** Checkboxes for the event types of the catalogue, for groups of them and for all events. */
export function EventsSection() {
  const t = useText(messages);
  const { draft } = useForm();
  const catalogue = useEventTypes();
  const { items } = catalogue;
  const [search, setSearch] = useState('');
  const known = items.map(({ type }) => type);
  const others = draft.events.filter(
    (event) =>
      event !== EVERYTHING &&
      !event.endsWith('.*') &&
      !known.includes(event) &&
      !OPERATIONAL_EVENTS.includes(event),
  );
  const groups = groupsOf(
    [...known, ...others].filter((type) => type.toLowerCase().includes(search.toLowerCase())),
  );
  const patterns = draft.events.filter(
    (event) => event.endsWith('.*') && !groups.some(({ pattern }) => pattern === event),
  );
  return (
    <Section title={t('events')} lead={t('eventsLead')}>
      <SettingGroup name="events" legend={t('eventsLegend')}>
        <EventCheckbox event={EVERYTHING} label={t('everything')} />
        <SearchField label={t('searchEvents')} value={search} onChange={setSearch} />
        <div className="event-groups">
          {groups.map(({ pattern, types }) => (
            <div key={pattern} className="event-group">
              {pattern !== '' && <EventCheckbox event={pattern} strong />}
              {types.map((type) => (
                <EventCheckbox
                  key={type}
                  event={type}
                  hint={items.find((item) => item.type === type)?.description ?? undefined}
                />
              ))}
            </div>
          ))}
          {patterns.length > 0 && (
            <div className="event-group">
              {patterns.map((pattern) => (
                <EventCheckbox key={pattern} event={pattern} strong />
              ))}
            </div>
          )}
          <div className="event-group">
            <span className="hint">{t('operationalEvents')}</span>
            {OPERATIONAL_EVENTS.map((event) => (
              <EventCheckbox key={event} event={event} />
            ))}
          </div>
        </div>
        <MoreTypes
          catalogue={catalogue}
          isSearching={search !== ''}
          found={groups.flatMap(({ types }) => types).length}
        />
      </SettingGroup>
      <CustomPattern />
    </Section>
  );
}

interface MoreTypesProps {
  readonly catalogue: ReturnType<typeof useEventTypes>;
  readonly isSearching: boolean;
  readonly found: number;
}

/** The rest of a large catalogue is loaded on request. */
function MoreTypes({ catalogue, isSearching, found }: MoreTypesProps) {
  const t = useText(uiMessages);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = catalogue;
  if (!hasNextPage) return null;
  if (isSearching) return <Scan list={catalogue} found={found} />;
  return (
    <Button busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
      {t('more')}
    </Button>
  );
}

/** An input for a pattern, or for an event type that is not in the catalogue. */
function CustomPattern() {
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
