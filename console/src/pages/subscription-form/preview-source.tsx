import { useEventTypes } from '../../api/event-types.ts';
import { useEvents } from '../../api/events.ts';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { useText } from '../../i18n/language.tsx';
import { Field } from '../../ui/field.tsx';
import { takes } from './event-groups.ts';
import { useForm } from './form-context.ts';
import { previewMessages } from './preview-messages.ts';
import type { PreviewSource } from './use-preview.ts';

interface PreviewSourceChoiceProps {
  readonly source: PreviewSource;
  onChange(source: PreviewSource): void;
}

const SHOWN_EVENTS = 15;

/** Which event the preview is made of: real ones, samples, or data that one writes. */
export function PreviewSourceChoice({ source, onChange }: PreviewSourceChoiceProps) {
  const t = useText(previewMessages);
  const { draft } = useForm();
  const wanted = (type: string) =>
    draft.events.length === 0 || draft.events.some((event) => takes(event, type));
  const { items: types } = useEventTypes();
  const { items: events } = useEvents({});
  const samples = types.filter(({ type, samples }) => wanted(type) && samples.length > 0);
  const published = events.filter(({ type }) => wanted(type)).slice(0, SHOWN_EVENTS);
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
            <option value="data:">{t('own')}</option>
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
