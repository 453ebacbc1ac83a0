import { useSyncExternalStore } from 'react';
import { useText } from '../i18n/language.tsx';
import { Icon } from '../ui/icon.tsx';
import { messages } from './messages.ts';

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

/** Says that the browser is offline. Queries wait meanwhile, and load again once it is back. */
export function Connection() {
  const t = useText(messages);
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!isOnline && (
        <p className="notice warn">
          <Icon name="warning" /> {t('offline')}
        </p>
      )}
    </div>
  );
}
