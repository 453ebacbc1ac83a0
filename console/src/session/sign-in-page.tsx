import { useText } from '../i18n/language.tsx';
import { Brand } from '../shell/brand.tsx';
import { Preferences } from '../shell/preferences.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { messages } from './messages.ts';
import { SignInForm, type SignInFormProps } from './sign-in-form.tsx';

export function SignInPage(props: SignInFormProps) {
  const t = useText(messages);
  usePageTitle(t('title'));
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <Brand />
        <h1>{t('title')}</h1>
        <p className="muted">{t('lead')}</p>
        <SignInForm {...props} />
        <p className="hint">{t('where')}</p>
      </div>
      <Preferences />
    </main>
  );
}
