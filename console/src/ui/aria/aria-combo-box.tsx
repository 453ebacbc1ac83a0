import { type RefObject, useLayoutEffect, useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import type { ComboBoxProps, Cursor, Option } from '../combo-box-props.ts';
import { Icon } from '../icon.tsx';
import { AriaPopover } from './aria-popover.tsx';
import { AriaRoot } from './aria-root.tsx';

interface AriaComboBoxProps extends ComboBoxProps {
  /** Set if the plain input, which this one replaces, had the focus. */
  readonly cursor: RefObject<Cursor | undefined>;
}

export default function AriaComboBox(props: AriaComboBoxProps) {
  const { control, label, placeholder, text, options, chosen, empty, cursor } = props;
  const { onText, onChoose, onCommit, onFocus } = props;
  const { id, onBlur, ...described } = control;
  const input = useRef<HTMLInputElement>(null);
  const isOpen = useRef(false);
  useLayoutEffect(() => {
    if (cursor.current === undefined) return;
    input.current?.focus({ preventScroll: true });
    input.current?.setSelectionRange(...cursor.current);
    cursor.current = undefined;
  }, [cursor]);
  return (
    <AriaRoot>
      <ComboBox
        className="combo"
        aria-label={label}
        inputValue={text}
        allowsCustomValue
        allowsEmptyCollection={empty !== undefined}
        menuTrigger={onChoose === undefined ? 'input' : 'focus'}
        // All of them, or those that the caller has found.
        {...(onChoose === undefined
          ? { defaultItems: options }
          : { items: options, selectedKey: chosen ?? null })}
        onInputChange={onText}
        onSelectionChange={(key) => {
          if (key === null) return;
          onChoose?.(String(key));
          onCommit?.(options.find(({ id }) => id === key)?.text ?? text);
        }}
        onBlur={() => {
          onBlur?.();
          onCommit?.(text);
        }}
        {...(onFocus && { onFocus })}
        onOpenChange={(open) => {
          isOpen.current = open;
        }}
      >
        <Group>
          <Input
            {...described}
            id={id}
            ref={input}
            placeholder={placeholder ?? ''}
            spellCheck={false}
            autoComplete="off"
            onKeyDownCapture={(event) => {
              // Escape closes the list, and not the dialog that the input is in.
              if (event.key === 'Escape' && isOpen.current) event.preventDefault();
              // With a suggestion in focus, Enter takes it.
              const isInFocus = event.currentTarget.hasAttribute('aria-activedescendant');
              if (event.key === 'Enter' && !isInFocus) onCommit?.(text);
            }}
          />
          <Button>
            <Icon name="unfold" />
          </Button>
        </Group>
        <AriaPopover target={input}>
          <ListBox<Option>
            className="options"
            renderEmptyState={() => <span className="option muted">{empty}</span>}
          >
            {({ id, text, detail }) => (
              <ListBoxItem id={id} textValue={text} className="option">
                <span>{text}</span>
                {detail && <span className="muted">{detail}</span>}
              </ListBoxItem>
            )}
          </ListBox>
        </AriaPopover>
      </ComboBox>
    </AriaRoot>
  );
}
