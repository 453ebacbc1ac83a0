import { useText } from '../i18n/language.tsx';
import { useToast } from '../ui/toasts.tsx';
import type { ChunkError } from './chunk-error.ts';
import { messages } from './messages.ts';

/** Return a function that says that a part, which someone asked for, could not be loaded. */
export function usePartFailure(): (error: ChunkError) => void {
  const t = useText(messages);
  const showToast = useToast();
  return ({ isOutdated }) => showToast(t(isOutdated ? 'partOutdated' : 'partFailed'), 'bad');
}
