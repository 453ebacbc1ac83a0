import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
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
  useEffect(() => {
    if (!isOpen) return;
    // Until the popover is there and has the focus, Escape would go to the dialog that the button is in, and close that.
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      setOpen(false);
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
      // The button is inert beside its popover, and so has lost the focus.
      if (document.activeElement === document.body) trigger.current?.focus();
    };
  }, [isOpen]);
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
        if (event.key !== key) return;
        event.preventDefault();
        setOpen(true);
      },
    },
  } as const;
}
