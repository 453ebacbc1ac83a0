import type { ComponentType } from 'react';
import { useLabels, useText } from '../../i18n/language.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { type Draft, FORMATS } from './draft.ts';
import { useForm } from './form-context.ts';
import { formatMessages } from './format-messages.ts';
import { messages } from './messages.ts';
import { PairRows } from './pair-rows.tsx';
import { CodeSetting, Section, SettingGroup } from './setting.tsx';

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

/** Inputs for the data fields to send and their keys. */
function FieldRows() {
  const t = useText(messages);
  const { draft, change } = useForm();
  return (
    <SettingGroup name="fields" legend={t('fields')} hint={t('fieldsHint')}>
      <PairRows
        pairs={(draft.fields ?? []).map(({ key, fieldname }) => [key, fieldname])}
        labels={[t('fieldKey'), t('fieldName')]}
        onChange={(pairs) => change({ fields: pairs.map(([key, fieldname]) => ({ key, fieldname })) })}
      />
    </SettingGroup>
  );
}

const ENCODINGS = [
  ['json', 'JSON'],
  ['form', 'application/x-www-form-urlencoded'],
] as const;

function Encoding() {
  const t = useText(messages);
  const { draft, change } = useForm();
  return (
    <Field label={t('encoding')}>
      {(control) => (
        <Select
          {...control}
          value={draft.fieldsEncoding}
          options={ENCODINGS}
          onChange={(fieldsEncoding) => change({ fieldsEncoding })}
        />
      )}
    </Field>
  );
}

function Template() {
  const t = useText(messages);
  return (
    <CodeSetting
      name="template"
      legend={t('template')}
      hint={t('templateHint')}
      language="jinja"
      lines={8}
      placeholder={'{"id": {{ data.id | tojson }}}'}
    />
  );
}
