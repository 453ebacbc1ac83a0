import { lazy, Suspense, useRef } from 'react';
import type { ControlProps } from './field.tsx';

export interface Option {
  readonly id: string;
  readonly text: string;
  /** Shown beneath the text. */
  readonly detail?: string;
}

export interface ComboBoxProps {
  /** Links the input to the label, hint and error of its field. */
  readonly control: ControlProps;
  /** Accessible name of the input and of its list. */
  readonly label: string;
  readonly placeholder?: string;
  readonly text: string;
  readonly options: readonly Option[];
  /** Called with what was typed, or with the text of a chosen option. */
  onText(text: string): void;
  /** The id of the option that is chosen. */
  readonly chosen?: string;
  /** Takes the id of an option. Without it, any text is a value, and options that do not contain it are left out. */
  onChoose?(id: string): void;
  /** Shown in the list while there are no options. Without it, the list closes. */
  readonly empty?: string;
}

/** Where the cursor was in the plain input. */
export type Cursor = readonly [start: number | null, end: number | null];

const AriaComboBox = lazy(() => import('./aria/aria-combo-box.tsx'));

/** An input with a list of suggestions, loaded on demand. A plain input takes what is typed until then. */
export function ComboBox(props: ComboBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const cursor = useRef<Cursor | undefined>(undefined);
  const { control, placeholder, text, onText } = props;
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
      onFocus={keepCursor}
      onBlur={() => {
        cursor.current = undefined;
        control.onBlur?.();
      }}
    />
  );
  return (
    <Suspense fallback={plain}>
      <AriaComboBox {...props} cursor={cursor} />
    </Suspense>
  );
}
