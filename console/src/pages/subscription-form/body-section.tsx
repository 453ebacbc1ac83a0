import type { ComponentType } from 'react';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { useLabels, useText } from '../../i18n/language.tsx';
import { type Draft, FORMATS } from './draft.ts';
import { Encoding, FieldRows } from './field-rows.tsx';
import { useForm } from './form-context.ts';
import { formatMessages } from './format-messages.ts';
import { messages } from './messages.ts';
import { Section } from './section.tsx';
import { SettingGroup } from './setting.tsx';

/** Inputs for the settings that only some formats read. */
const INPUTS: Readonly<Record<string, ComponentType>> = {
  fields: FieldRows,
  fieldsEncoding: Encoding,
  template: Template,
};

export function BodySection() {
  const t = useText(messages);
  const { draft } = useForm();
  return (
    <Section title={t('body')}>
      <Formats />
      {FORMATS[draft.format]?.settings.map((setting) => {
        const Input = INPUTS[setting];
        return Input && <Input key={setting} />;
      })}
    </Section>
  );
}

function Formats() {
  const t = useText(messages);
  const describe = useLabels(formatMessages);
  const { draft, change } = useForm();
  return (
    <SettingGroup name="format" legend={t('format')}>
      <div className="formats">
        {(Object.keys(FORMATS) as Draft['format'][]).map((format) => (
          <label key={format} className="choice">
            <input
              type="radio"
              name="format"
              checked={draft.format === format}
              onChange={() => change({ format })}
            />
            <span>
              <code>{format}</code> <span className="hint">{describe(format)}</span>
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
