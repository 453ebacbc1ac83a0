import { useEffect } from 'react';
import { useText } from '../i18n/language.tsx';
import { useHasUnsavedChanges } from '../navigation/unsaved-changes.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { ChunkError } from './chunk-error.ts';
import { messages } from './messages.ts';

/**
 * In place of a page that could not be loaded. Only a new deployment explains a reload, and a form with unsaved changes forbids
 * it: then the user reloads, and the browser asks.
 */
export function ChunkFailure({ error, onRetry }: { error: ChunkError; onRetry(): void }) {
  const t = useText(messages);
  const hasUnsavedChanges = useHasUnsavedChanges();
  const { isOutdated } = error;
  useEffect(() => {
    if (isOutdated && !hasUnsavedChanges()) location.reload();
  }, [isOutdated, hasUnsavedChanges]);
  return (
    <div className="failure" role="alert">
      <Icon name="warning" />
      <div>
        <strong>{t(isOutdated ? 'outdated' : 'failed')}</strong>
        <p>{t(isOutdated ? 'outdatedText' : 'failedText')}</p>
      </div>
      <Button icon="replay" onClick={isOutdated ? () => location.reload() : onRetry}>
        {t(isOutdated ? 'reload' : 'again')}
      </Button>
    </div>
  );
}
