import { useState } from 'react';
import { useEventTypes } from '../../api/event-types.ts';
import { useText } from '../../i18n/language.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useLoadAll } from '../../ui/use-load-all.ts';
import { CustomPattern } from './custom-pattern.tsx';
import { EventCheckbox } from './event-checkbox.tsx';
import { EVERYTHING, groupsOf, OPERATIONAL_EVENTS } from './event-groups.ts';
import { useForm } from './form-context.ts';
import { messages } from './messages.ts';
import { Section } from './section.tsx';
import { SettingGroup } from './setting.tsx';

/** Checkboxes for the event types of the catalogue, for groups of them and for all events. */
export function EventsSection() {
  const t = useText(messages);
  const { draft } = useForm();
  const catalogue = useEventTypes();
  const { items } = catalogue;
  useLoadAll(catalogue);
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
      </SettingGroup>
      <CustomPattern />
    </Section>
  );
}
