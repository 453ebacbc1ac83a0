import { useText } from '../../i18n/language.tsx';
import { Icon } from '../../ui/icon.tsx';
import { messages } from './messages.ts';

export function ReadOnly() {
  const t = useText(messages);
  return (
    <p className="notice">
      <Icon name="eye" />
      {t('readOnly')}
    </p>
  );
}
