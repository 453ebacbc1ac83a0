import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { chunk } from '../chunks/chunk.tsx';
import { Part } from '../chunks/part.tsx';
import { usePartFailure } from '../chunks/use-part-failure.ts';
import { Icon } from './icon.tsx';
import type { MenuEntry } from './menu-entry.ts';

interface MenuProps<Id extends string> {
  /** The text of the button that opens the menu. */
  readonly label: string;
  readonly items: readonly MenuEntry<Id>[];
  onAction(id: Id): void;
}

const AriaMenu = chunk(() => import('./aria/aria-menu.tsx'));

/** A button that opens a menu of actions. */
export function Menu<Id extends string>({ label, items, onAction }: MenuProps<Id>) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const tellFailure = usePartFailure();
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button plain"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {label}
        <Icon name="unfold" />
      </button>
      {isOpen && (
        <Part
          onFailure={(error) => {
            setOpen(false);
            tellFailure(error);
          }}
        >
          <AriaMenu
            label={label}
            items={items}
            trigger={button}
            onClose={() => setOpen(false)}
            onAction={(id) => {
              // The button has the focus before the action, so that a dialog returns it there.
              flushSync(() => setOpen(false));
              button.current?.focus();
              onAction(id as Id);
            }}
          />
        </Part>
      )}
    </>
  );
}
