import { type FormEvent, useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import { useText } from '../i18n/language.tsx';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { messages } from './messages.ts';

export interface SignInFormProps {
  /** Whether the API no longer accepts the previous session. */
  readonly hasEnded: boolean;
  /** @throws ApiError if the key does not work */
  onKey(key: string): Promise<void>;
}

/** The field for the API key, and its button. */
export function SignInForm({ hasEnded, onKey }: SignInFormProps) {
  const t = useText(messages);
  const [error, setError] = useState(hasEnded ? t('ended') : undefined);
  const [busy, setBusy] = useState(false);

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
    <form className="sign-in-form" onSubmit={submit} noValidate>
      <Field label={t('key')} hint={t('hint')} error={error}>
        {(control) => (
          // biome-ignore lint/a11y/noAutofocus: entering the key is the only purpose of the form.
          <input {...control} name="key" type="password" autoComplete="off" spellCheck={false} autoFocus />
        )}
      </Field>
      <Button kind="primary" type="submit" busy={busy}>
        {t('submit')}
      </Button>
    </form>
  );
}

function reasonKey(failure: unknown): 'unknown' | 'publishOnly' | 'unreachable' {
  if (!(failure instanceof ApiError)) return 'unreachable';
  if (failure.status === 401) return 'unknown';
  return failure.status === 403 ? 'publishOnly' : 'unreachable';
}
