import { useText } from '../i18n/language.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { messages } from './messages.ts';
import { SignInForm, type SignInFormProps } from './sign-in-form.tsx';

interface SignInDialogProps extends Pick<SignInFormProps, 'onKey'> {
  onClose(): void;
}

/** Asks for a key above the page that was open when the session ended. Closing it leaves that page. */
export function SignInDialog({ onKey, onClose }: SignInDialogProps) {
  const t = useText(messages);
  return (
    <Dialog title={t('again')} onClose={onClose}>
      <div className="dialog-body">
        <p className="muted">{t('kept')}</p>
        <SignInForm hasEnded onKey={onKey} />
      </div>
    </Dialog>
  );
}
