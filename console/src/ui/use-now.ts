import { useSyncExternalStore } from 'react';

const STEP_MS = 5_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const listen of listeners) listen();
  }, STEP_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Return the current time in milliseconds, updated every few seconds by one timer for all components. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
