import { useEffect, useState } from 'react';

/** Typing has paused after this time without a key. */
export const PAUSE_MS = 300;

/** Return a text that is being typed as it was when typing last paused. */
export function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
