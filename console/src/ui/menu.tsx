import { flushSync } from 'react-dom';
import { chunk } from '../chunks/chunk.tsx';
import { Part } from '../chunks/part.tsx';
import { Icon } from './icon.tsx';
import type { MenuEntry } from './menu-entry.ts';
import { usePopup } from './use-popup.ts';

interface MenuProps<Id extends string> {
  /** The text of the button that opens the menu. */
  readonly label: string;
  readonly items: readonly MenuEntry<Id>[];
  onAction(id: Id): void;
}

const AriaMenu = chunk(() => import('./aria/aria-menu.tsx'));

/** A button that opens a menu of actions. */
export function Menu<Id extends string>({ label, items, onAction }: MenuProps<Id>) {
  const { isOpen, trigger, close, onFailure, button } = usePopup({ kind: 'menu', key: 'ArrowDown' });
  return (
    <>
      <button {...button} className="button plain">
        {label}
        <Icon name="unfold" />
      </button>
      {isOpen && (
        <Part onFailure={onFailure}>
          <AriaMenu
            label={label}
            items={items}
            trigger={trigger}
            onClose={close}
            onAction={(id) => {
              // The button has the focus before the action, so that a dialog returns it there.
              flushSync(close);
              trigger.current?.focus();
              onAction(id as Id);
            }}
          />
        </Part>
      )}
    </>
  );
}
