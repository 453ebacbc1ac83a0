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
  /** Called when the input gets the focus: options may be loaded then. */
  onFocus?(): void;
  /** Called with what was typed, or with the text of a chosen option. */
  onText(text: string): void;
  /** Called with a text that is complete: that of an option that was taken, or what was typed on Enter and when the input is left. */
  onCommit?(text: string): void;
  /** The id of the option that is chosen. */
  readonly chosen?: string;
  /** Takes the id of an option. Without it, any text is a value, and options that do not contain it are left out. */
  onChoose?(id: string): void;
  /** Shown in the list while there are no options. Without it, the list closes. */
  readonly empty?: string;
}

/** Where the cursor was in the plain input. */
export type Cursor = readonly [start: number | null, end: number | null];
