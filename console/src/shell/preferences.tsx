import { useState } from 'react';
import { useLanguage, useText } from '../i18n/language.tsx';
import type { Language } from '../i18n/messages.ts';
import { applyTheme, storedTheme, THEMES, type Theme } from '../theme/theme.ts';
import { Field } from '../ui/field.tsx';
import { messages } from './messages.ts';

/** Selects for language and theme. */
export function Preferences() {
  const t = useText(messages);
  const { language, choose } = useLanguage();
  const [theme, setTheme] = useState(storedTheme);
  return (
    <div className="preferences">
      <Field label={t('language')} labelHidden>
        {(control) => (
          <select {...control} value={language} onChange={({ target }) => choose(target.value as Language)}>
            <option value="en">English</option>
            <option value="fr">Français</option>
          </select>
        )}
      </Field>
      <Field label={t('theme')} labelHidden>
        {(control) => (
          <select
            {...control}
            value={theme}
            onChange={({ target }) => {
              const chosen = target.value as Theme;
              applyTheme(chosen);
              setTheme(chosen);
            }}
          >
            {THEMES.map((name) => (
              <option key={name} value={name}>
                {t(name)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}
