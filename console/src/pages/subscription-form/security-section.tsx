import { useLabels, useText } from '../../i18n/language.tsx';
import { Select } from '../../ui/field.tsx';
import { SIGNATURES } from './draft.ts';
import { useForm } from './form-context.ts';
import { signatureMessages } from './format-messages.ts';
import { messages } from './messages.ts';
import { PairRows } from './pair-rows.tsx';
import { Section, Setting, SettingGroup } from './setting.tsx';

/** Signature, secret and headers. */
export function SecuritySection() {
  const t = useText(messages);
  const labelOf = useLabels(signatureMessages);
  const { draft, id, change } = useForm();
  return (
    <Section title={t('security')}>
      <Setting name="signature" label={t('signature')}>
        {(control) => (
          <Select
            {...control}
            value={draft.signature}
            options={SIGNATURES.map((signature) => [signature, labelOf(signature) ?? signature])}
            onChange={(signature) => change({ signature })}
          />
        )}
      </Setting>
      {id === undefined && draft.signature !== 'none' && (
        <Setting name="secret" label={t('secret')} hint={t('secretHint')}>
          {(control) => (
            <input
              {...control}
              className="mono"
              value={draft.secret}
              placeholder="whsec_…"
              spellCheck={false}
              autoComplete="off"
              onChange={({ target }) => change({ secret: target.value.trim() })}
            />
          )}
        </Setting>
      )}
      <SettingGroup name="headers" legend={t('headers')} hint={t('headersHint')}>
        <PairRows
          pairs={Object.entries(draft.headers)}
          labels={[t('headerName'), t('headerValue')]}
          onChange={(pairs) => change({ headers: Object.fromEntries(pairs) })}
        />
      </SettingGroup>
    </Section>
  );
}
