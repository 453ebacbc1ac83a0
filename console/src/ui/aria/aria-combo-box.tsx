import { type RefObject, useLayoutEffect, useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import type { ComboBoxProps, Cursor, Option } from '../combo-box-props.ts';
import { Icon } from '../icon.tsx';
import { AriaRoot, usePopoverPlace } from './aria-root.tsx';

interface AriaComboBoxProps extends ComboBoxProps {
  /** Set if the plain input, which this one replaces, had the focus. */
  readonly cursor: RefObject<Cursor | undefined>;
}

export default function AriaComboBox(props: AriaComboBoxProps) {
  const { control, label, placeholder, text, options, chosen, empty, cursor, onText, onChoose, onFocus } =
    props;
  const { id, onBlur, ...described } = control;
  const input = useRef<HTMLInputElement>(null);
  const isOpen = useRef(false);
  const place = usePopoverPlace();
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
        onSelectionChange={(key) => key !== null && onChoose?.(String(key))}
        {...(onBlur && { onBlur })}
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
            }}
          />
          <Button>
            <Icon name="unfold" />
          </Button>
        </Group>
        <Popover className="popover" offset={4} {...place}>
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
        </Popover>
      </ComboBox>
    </AriaRoot>
  );
}
