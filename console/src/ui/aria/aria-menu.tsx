import type { RefObject } from 'react';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import type { MenuEntry } from '../menu-entry.ts';
import { AriaPopover } from './aria-popover.tsx';
import { AriaRoot } from './aria-root.tsx';

interface AriaMenuProps {
  readonly label: string;
  readonly items: readonly MenuEntry<string>[];
  readonly trigger: RefObject<HTMLElement | null>;
  onAction(id: string): void;
  onClose(): void;
}

export default function AriaMenu({ label, items, trigger, onAction, onClose }: AriaMenuProps) {
  return (
    <AriaRoot>
      <AriaPopover
        aria-label={label}
        isOpen
        target={trigger}
        triggerRef={trigger}
        placement="bottom end"
        onOpenChange={(isOpen) => !isOpen && onClose()}
      >
        <Menu
          className="options"
          aria-label={label}
          autoFocus="first"
          onAction={(id) => onAction(String(id))}
          onClose={onClose}
        >
          {items.map(({ id, text, isDangerous }) => (
            <MenuItem key={id} id={id} className={isDangerous ? 'option danger' : 'option'}>
              {text}
            </MenuItem>
          ))}
        </Menu>
      </AriaPopover>
    </AriaRoot>
  );
}
