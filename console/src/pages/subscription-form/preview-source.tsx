import { useEventTypes } from '../../api/event-types.ts';
import { useEvents } from '../../api/events.ts';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { useText } from '../../i18n/language.tsx';
import { Field } from '../../ui/field.tsx';
import { matches } from './event-groups.ts';
import { useForm } from './form-context.ts';
import { previewMessages } from './preview-messages.ts';
import type { PreviewSource } from './use-preview.ts';

interface PreviewSourceChoiceProps {
  readonly source: PreviewSource;
  onChange(source: PreviewSource): void;
}

const SHOWN_EVENTS = 15;

/** A select for the event to preview: a published one, a sample or custom data. */
export function PreviewSourceChoice({ source, onChange }: PreviewSourceChoiceProps) {
  const t = useText(previewMessages);
  const { draft } = useForm();
  const isSelected = (type: string) =>
    draft.events.length === 0 || draft.events.some((event) => matches(event, type));
  const { items: types } = useEventTypes();
  const { items: events } = useEvents({});
  const samples = types.filter(({ type, samples }) => isSelected(type) && samples.length > 0);
  const published = events.filter(({ type }) => isSelected(type)).slice(0, SHOWN_EVENTS);
  function choose(value: string) {
    const [kind = '', id = ''] = [value.slice(0, value.indexOf(':')), value.slice(value.indexOf(':') + 1)];
    if (kind === 'event') return onChange({ kind, eventId: id });
    if (kind === 'latest') return onChange({ kind });
    const sample = types.find(({ type }) => type === id)?.samples[0] ?? {};
    onChange({ kind: 'data', type: id, json: JSON.stringify(sample, null, 2) });
  }
  return (
    <>
      <Field label={t('source')}>
        {(control) => (
          <select {...control} value={choiceOf(source)} onChange={({ target }) => choose(target.value)}>
            <option value="latest:">{t('latest')}</option>
            <option value="data:">{t('custom')}</option>
            {samples.length > 0 && (
              <optgroup label={t('samples')}>
                {samples.map(({ type }) => (
                  <option key={type} value={`data:${type}`}>
                    {type}
                  </option>
                ))}
              </optgroup>
            )}
            {published.length > 0 && (
              <optgroup label={t('published')}>
                {published.map(({ id, type }) => (
                  <option key={id} value={`event:${id}`}>
                    {type} · {id}
                  </option>
                ))}
              </optgroup>
            )}
          </select>
        )}
      </Field>
      {source.kind === 'data' && (
        <CodeEditor
          label={t('data')}
          language="json"
          lines={5}
          value={source.json}
          onChange={(json) => onChange({ ...source, json })}
        />
      )}
    </>
  );
}

function choiceOf(source: PreviewSource): string {
  if (source.kind === 'event') return `event:${source.eventId}`;
  return source.kind === 'latest' ? 'latest:' : `data:${source.type}`;
}
