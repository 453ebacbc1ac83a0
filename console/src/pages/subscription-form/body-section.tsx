import { NewSubscription } from 'virtual:contract-schemas';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { useText } from '../../i18n/language.tsx';
import type { Draft } from './draft.ts';
import { FieldRows } from './field-rows.tsx';
import { useForm } from './form-context.ts';
import { formatMessages } from './format-messages.ts';
import { messages } from './messages.ts';
import { Section } from './section.tsx';
import { SettingGroup } from './setting.tsx';

/** From the contract's schema, so a new format appears here, at first without a description. */
const FORMATS = NewSubscription.properties.format.enum as Draft['format'][];

export function BodySection() {
  const t = useText(messages);
  const { draft } = useForm();
  return (
    <Section title={t('body')}>
      <Formats />
      {draft.format === 'fields' && <FieldRows />}
      {draft.format === 'template' && <Template />}
    </Section>
  );
}

function Formats() {
  const t = useText(messages);
  const describe = useText(formatMessages);
  const { draft, change } = useForm();
  return (
    <SettingGroup name="format" legend={t('format')}>
      <div className="formats">
        {FORMATS.map((format) => (
          <label key={format} className="choice">
            <input
              type="radio"
              name="format"
              checked={draft.format === format}
              onChange={() => change({ format })}
            />
            <span>
              <code>{format}</code>{' '}
              <span className="hint">
                {format in formatMessages && describe(format as keyof typeof formatMessages)}
              </span>
            </span>
          </label>
        ))}
      </div>
    </SettingGroup>
  );
}

function Template() {
  const t = useText(messages);
  const { draft, change, faultOf } = useForm();
  return (
    <SettingGroup name="template" legend={t('template')} hint={t('templateHint')}>
      <CodeEditor
        label={t('template')}
        description={faultOf('template') ?? t('templateHint')}
        invalid={faultOf('template') !== undefined}
        language="jinja"
        lines={8}
        placeholder={'{"id": {{ data.id | tojson }}}'}
        value={draft.template ?? ''}
        onChange={(template) => change({ template })}
      />
    </SettingGroup>
  );
}
