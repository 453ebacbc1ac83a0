import { useSyncExternalStore } from 'react';

/** The open dialogs, in the order in which they were opened. */
let open: readonly HTMLDialogElement[] = [];
const listeners = new Set<() => void>();

function change(dialogs: readonly HTMLDialogElement[]): void {
  open = dialogs;
  for (const listener of listeners) listener();
}

export const dialogOpened = (dialog: HTMLDialogElement): void => change([...open, dialog]);
export const dialogClosed = (dialog: HTMLDialogElement): void =>
  change(open.filter((other) => other !== dialog));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The dialog in front of everything else, if there is one. What is outside it is inert, and not announced by screen readers. */
export const useFrontDialog = (): HTMLDialogElement | undefined =>
  useSyncExternalStore(subscribe, () => open.at(-1));
