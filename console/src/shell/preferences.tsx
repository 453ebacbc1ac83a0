import { useState } from 'react';
import { ZONES } from '../format/time.ts';
import { useLanguage, useText } from '../i18n/language.tsx';
import { useZone } from '../i18n/times.tsx';
import { applyTheme, storedTheme, THEMES } from '../theme/theme.ts';
import { Field, Select } from '../ui/field.tsx';
import { messages } from './messages.ts';

const LANGUAGES = [
  ['en', 'English'],
  ['fr', 'Français'],
] as const;

/** Selects for language, time zone and theme. */
export function Preferences() {
  const t = useText(messages);
  const { language, choose } = useLanguage();
  const { zone, choose: chooseZone } = useZone();
  const [theme, setTheme] = useState(storedTheme);
  return (
    <div className="preferences">
      <Field label={t('language')} labelHidden>
        {(control) => <Select {...control} value={language} options={LANGUAGES} onChange={choose} />}
      </Field>
      <Field label={t('zone')} labelHidden>
        {(control) => (
          <Select
            {...control}
            value={zone}
            options={ZONES.map((name) => [name, t(name)])}
            onChange={chooseZone}
          />
        )}
      </Field>
      <Field label={t('theme')} labelHidden>
        {(control) => (
          <Select
            {...control}
            value={theme}
            options={THEMES.map((name) => [name, t(name)])}
            onChange={(chosen) => {
              applyTheme(chosen);
              setTheme(chosen);
            }}
          />
        )}
      </Field>
    </div>
  );
}
