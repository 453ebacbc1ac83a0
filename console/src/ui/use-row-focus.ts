import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';

/** What can be focused in a row: the link or button that opens it, marked by the class `row`, and a checkbox. */
const CONTROLS = 'a[href], button, input';

interface RowFocusOptions {
  readonly list: RefObject<HTMLElement | null>;
  /** The key of each row, in order. */
  readonly keys: readonly string[];
  readonly rowHeight: number;
}

interface RowFocus {
  /** Index of the row that has the tab stop. It must stay rendered, so that the focus can return to it. */
  readonly current: number;
  onFocus(event: FocusEvent): void;
  onBlur(): void;
  onKeyDown(event: KeyboardEvent): void;
}

/**
 * Make a list one tab stop. The arrow keys, Home, End, Page Up and Page Down go from row to row, left and right to the
 * checkbox of a row and back, and Space ticks it.
 */
export function useRowFocus({ list, keys, rowHeight }: RowFocusOptions): RowFocus {
  const [chosen, setChosen] = useState({ key: '', index: 0 });
  const known = keys.indexOf(chosen.key);
  // If its row is gone, the one that took its place is next.
  const current = known === -1 ? Math.min(chosen.index, keys.length - 1) : known;
  const hasFocus = useRef(false);

  useLayoutEffect(() => {
    const row = rowAt(list.current, current);
    const active = document.activeElement;
    const stop = row?.contains(active) ? active : opener(row);
    for (const control of list.current?.querySelectorAll<HTMLElement>(CONTROLS) ?? [])
      control.tabIndex = control === stop ? 0 : -1;
    // A row that is removed takes the focus with it, without a blur.
    if (hasFocus.current && active === document.body) opener(row)?.focus({ preventScroll: true });
  });

  function goTo(index: number): void {
    const next = Math.max(0, Math.min(index, keys.length - 1));
    // Rendered at once, since only what is in the document can be focused.
    flushSync(() => setChosen({ key: keys[next] ?? '', index: next }));
    const row = rowAt(list.current, next);
    opener(row)?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }

  return {
    current,
    onFocus({ target }) {
      hasFocus.current = true;
      const index = Number(target.closest<HTMLElement>('[data-index]')?.dataset.index ?? current);
      setChosen({ key: keys[index] ?? '', index });
    },
    onBlur() {
      hasFocus.current = false;
    },
    onKeyDown(event) {
      if (event.altKey || event.metaKey || event.shiftKey) return;
      const row = rowAt(list.current, current);
      const page = Math.max(1, Math.floor((innerHeight * 0.8) / rowHeight));
      const steps: Readonly<Record<string, () => void>> = {
        ArrowDown: () => goTo(current + 1),
        ArrowUp: () => goTo(current - 1),
        PageDown: () => goTo(current + page),
        PageUp: () => goTo(current - page),
        Home: () => goTo(0),
        End: () => goTo(keys.length - 1),
        ArrowLeft: () => checkbox(row)?.focus(),
        ArrowRight: () => opener(row)?.focus(),
        ...(event.target === checkbox(row) && { Enter: () => opener(row)?.click() }),
        // Without a checkbox, the browser scrolls, or presses a button.
        ...(checkbox(row) && { ' ': () => checkbox(row)?.click() }),
      };
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      step();
    },
  };
}

const rowAt = (list: HTMLElement | null, index: number) =>
  list?.querySelector<HTMLElement>(`[data-index="${index}"]`);
const opener = (row: HTMLElement | null | undefined) => row?.querySelector<HTMLElement>('.row');
const checkbox = (row: HTMLElement | null | undefined) =>
  row?.querySelector<HTMLInputElement>('input[type="checkbox"]');
