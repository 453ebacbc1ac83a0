import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { LANGUAGES, type Language, type Messages, translate, type Values } from './messages.ts';

interface LanguageChoice {
  readonly language: Language;
  choose(language: Language): void;
}

const STORED = 'ancrage.language';
const LanguageContext = createContext<LanguageChoice | undefined>(undefined);

/** Return the stored choice, or else the browser's first supported language. */
function firstLanguage(): Language {
  const preferred = [localStorage.getItem(STORED) ?? '', ...navigator.languages].map((tag) =>
    tag.slice(0, 2),
  );
  return preferred.map((tag) => LANGUAGES.find((language) => language === tag)).find(Boolean) ?? 'en';
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choice = useMemo<LanguageChoice>(
    () => ({
      language,
      choose(chosen) {
        localStorage.setItem(STORED, chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}

export function useLanguage(): LanguageChoice {
  const choice = useContext(LanguageContext);
  if (choice === undefined) throw new Error('There is no LanguageProvider.');
  return choice;
}

export type Translate<M extends Messages> = (key: keyof M, values?: Values) => string;

/** Return a function that translates names of the contract, and returns undefined for a name without a text. */
export function useLabels(messages: Messages): (name: string, values?: Values) => string | undefined {
  const { language } = useLanguage();
  return (name, values) => {
    const text = messages[name];
    return text && translate(text, language, values);
  };
}

/** Return a function that translates message keys to the user's language. */
export function useText<M extends Messages>(messages: M): Translate<M> {
  const { language } = useLanguage();
  return useMemo(() => {
    return (key, values) => {
      const text = messages[key];
      if (text === undefined) throw new Error(`There is no text ${String(key)}.`);
      return translate(text, language, values);
    };
  }, [messages, language]);
}
