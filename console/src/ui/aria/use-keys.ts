import { type KeyboardEvent, use } from 'react';
import { ListStateContext } from 'react-aria-components/ListBox';

type ListKey = string | number;

interface Rows {
  getItem(key: ListKey): { readonly index?: number } | null;
}

const PAGES: Readonly<Record<string, number>> = { PageUp: -1, PageDown: 1, Home: 0, End: 0 };

/** Correct what React Aria makes of keys in a list that scrolls with the window, and whose rows have links. */
export function useKeys(collection: Rows, rows: readonly { readonly key: ListKey }[], rowHeight: number) {
  const manager = use(ListStateContext)?.selectionManager;

  function goBy(pages: number, isSelecting: boolean): void {
    const page = Math.max(1, Math.floor((innerHeight * 0.8) / rowHeight));
    const index = collection.getItem(manager?.focusedKey ?? '')?.index ?? 0;
    const next = rows[Math.max(0, Math.min(index + pages * page, rows.length - 1))];
    if (manager === undefined || next === undefined) return;
    if (isSelecting) manager.extendSelection(next.key);
    manager.setFocusedKey(next.key);
  }

  return {
    onKeyDown(event: KeyboardEvent) {
      const pages = PAGES[event.key];
      if (pages === undefined || event.altKey) return;
      // The window would scroll, too.
      event.preventDefault();
      if (pages === 0) return;
      // React Aria goes by pages only in what scrolls by itself.
      event.stopPropagation();
      goBy(pages, event.shiftKey);
    },
    onKeyDownCapture(event: KeyboardEvent) {
      // Nothing in a row is to the right of its link. React Aria would go to the row itself, which nothing opens.
      if (event.key === 'ArrowRight' && (event.target as Element).matches('.row')) event.stopPropagation();
    },
  };
}
