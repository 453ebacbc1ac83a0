import { useText } from '../../i18n/language.tsx';
import { Field } from '../../ui/field.tsx';
import { useForm } from './form-context.ts';
import { messages } from './messages.ts';
import { PairRows } from './pair-rows.tsx';
import { SettingGroup } from './setting.tsx';

/** Inputs for the data fields to send and their keys. */
export function FieldRows() {
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

export function Encoding() {
  const t = useText(messages);
  const { draft, change } = useForm();
  return (
    <Field label={t('encoding')}>
      {(control) => (
        <select
          {...control}
          value={draft.fieldsEncoding}
          onChange={({ target }) => change({ fieldsEncoding: target.value as 'json' | 'form' })}
        >
          <option value="json">JSON</option>
          <option value="form">application/x-www-form-urlencoded</option>
        </select>
      )}
    </Field>
  );
}
