import { useRef } from 'react';
import { chunk } from '../chunks/chunk.tsx';
import { Part } from '../chunks/part.tsx';
import type { ComboBoxProps, Cursor } from './combo-box-props.ts';

const AriaComboBox = chunk(() => import('./aria/aria-combo-box.tsx'));

/** An input with a list of suggestions, loaded on demand. A plain input takes what is typed until then. */
export function ComboBox(props: ComboBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const cursor = useRef<Cursor | undefined>(undefined);
  const { control, placeholder, text, onText, onFocus, onCommit } = props;
  const keepCursor = () => {
    const { selectionStart, selectionEnd } = input.current ?? {};
    cursor.current = [selectionStart ?? null, selectionEnd ?? null];
  };
  const plain = (
    <input
      {...control}
      ref={input}
      value={text}
      placeholder={placeholder}
      spellCheck={false}
      autoComplete="off"
      onChange={({ target }) => onText(target.value)}
      onSelect={keepCursor}
      onFocus={() => {
        keepCursor();
        onFocus?.();
      }}
      onBlur={() => {
        cursor.current = undefined;
        control.onBlur?.();
        onCommit?.(text);
      }}
      onKeyDown={({ key }) => key === 'Enter' && onCommit?.(text)}
    />
  );
  return (
    <Part fallback={plain}>
      <AriaComboBox {...props} cursor={cursor} />
    </Part>
  );
}
