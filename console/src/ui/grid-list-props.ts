import type { ReactNode } from 'react';

/** The rows that are selected in a list. */
export interface RowSelection {
  readonly keys: ReadonlySet<string>;
  /** Whether the row with this key has nothing to select. */
  readonly disabled: ReadonlySet<string>;
  onChange(keys: ReadonlySet<string>): void;
}

export interface GridListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  keyOf(item: T): string;
  /** Typing the beginning of a row's name goes to it. */
  nameOf(item: T): string;
  /** Estimated height in pixels until a row has been measured. */
  readonly rowHeight: number;
  /** Renders a row: a link of class `row`, with a checkbox beside it if the row can be selected. */
  render(item: T): ReactNode;
  /** Called when the end of the list is about to come into view. */
  onEnd?(): void;
  readonly selection?: RowSelection;
}
