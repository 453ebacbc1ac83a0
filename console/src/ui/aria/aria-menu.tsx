import type { RefObject } from 'react';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { MenuEntry } from '../menu-entry.ts';
import { AriaRoot, usePopoverPlace } from './aria-root.tsx';

interface AriaMenuProps {
  readonly label: string;
  readonly items: readonly MenuEntry<string>[];
  readonly trigger: RefObject<HTMLElement | null>;
  onAction(id: string): void;
  onClose(): void;
}

export default function AriaMenu({ label, items, trigger, onAction, onClose }: AriaMenuProps) {
  const place = usePopoverPlace();
  return (
    <AriaRoot>
      <Popover
        className="popover"
        aria-label={label}
        isOpen
        triggerRef={trigger}
        placement="bottom end"
        offset={4}
        onOpenChange={(isOpen) => !isOpen && onClose()}
        {...place}
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
      </Popover>
    </AriaRoot>
  );
}
