import { type FormEvent, useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import { useText } from '../i18n/language.tsx';
import { Brand } from '../shell/brand.tsx';
import { Preferences } from '../shell/preferences.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { messages } from './messages.ts';

interface SignInPageProps {
  /** Why the previous session ended. */
  readonly refused: string | undefined;
  /** @throws ApiError if the key does not work */
  onKey(key: string): Promise<void>;
}

export function SignInPage({ refused, onKey }: SignInPageProps) {
  const t = useText(messages);
  const [error, setError] = useState(refused === undefined ? undefined : t('ended'));
  const [busy, setBusy] = useState(false);
  usePageTitle(t('title'));

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget).get('key')).trim();
    if (key === '') return setError(t('missing'));
    setBusy(true);
    try {
      await onKey(key);
    } catch (failure) {
      setBusy(false);
      setError(t(reasonKey(failure)));
    }
  }

  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={submit} noValidate>
        <Brand />
        <h1>{t('title')}</h1>
        <p className="muted">{t('lead')}</p>
        <Field label={t('key')} hint={t('hint')} error={error}>
          {(control) => (
            // biome-ignore lint/a11y/noAutofocus: entering the key is the only purpose of the page.
            <input {...control} name="key" type="password" autoComplete="off" spellCheck={false} autoFocus />
          )}
        </Field>
        <Button kind="primary" type="submit" busy={busy}>
          {t('submit')}
        </Button>
        <p className="hint">{t('where')}</p>
      </form>
      <Preferences />
    </main>
  );
}

function reasonKey(failure: unknown): 'unknown' | 'publishOnly' | 'unreachable' {
  if (!(failure instanceof ApiError)) return 'unreachable';
  if (failure.status === 401) return 'unknown';
  return failure.status === 403 ? 'publishOnly' : 'unreachable';
}
