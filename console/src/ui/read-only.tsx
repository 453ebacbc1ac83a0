import { useText } from '../i18n/language.tsx';
import { Icon } from './icon.tsx';
import { messages } from './messages.ts';

/** Takes the place of a form that the key may not send. */
export function ReadOnly() {
  const t = useText(messages);
  return (
    <p className="notice">
      <Icon name="eye" />
      {t('readOnly')}
    </p>
  );
}
