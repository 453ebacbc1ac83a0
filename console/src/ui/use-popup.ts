import { type KeyboardEvent, useRef, useState } from 'react';
import type { ChunkError } from '../chunks/chunk-error.ts';
import { usePartFailure } from '../chunks/use-part-failure.ts';

interface PopupOptions {
  readonly kind: 'menu' | 'dialog';
  /** A key that opens it, beside Enter and Space. */
  readonly key?: 'ArrowDown';
}

/** State of a button and its popover, which is loaded when it is first opened. `button` has the props of the button. */
export function usePopup({ kind, key }: PopupOptions) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const tellFailure = usePartFailure();
  const close = () => setOpen(false);
  return {
    isOpen,
    trigger,
    close,
    onFailure(error: ChunkError) {
      close();
      tellFailure(error);
    },
    button: {
      ref: trigger,
      type: 'button',
      'aria-haspopup': kind,
      'aria-expanded': isOpen,
      onClick: () => setOpen(!isOpen),
      onKeyDown(event: KeyboardEvent) {
        // The button has the focus until the popover is loaded: Escape must not close the dialog that both are in.
        if (isOpen && event.key === 'Escape') close();
        else if (event.key === key) setOpen(true);
        else return;
        event.preventDefault();
      },
    },
  } as const;
}
