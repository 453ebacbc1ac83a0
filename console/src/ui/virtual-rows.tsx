import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';

interface VirtualRowsProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  keyOf(item: T): string;
  /** Pixels of a row until it has been measured. */
  readonly rowHeight: number;
  render(item: T): ReactNode;
  /** The end has come into view. */
  onEnd?(): void;
}

/** A list of which only what is in view is in the document, so that ten thousand rows scroll as ten do. */
export function VirtualRows<T>({ label, items, keyOf, rowHeight, render, onEnd }: VirtualRowsProps<T>) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  // What stands above may grow or go: the list's place in the document is looked at anew each time.
  useLayoutEffect(() => {
    const place = list.current?.getBoundingClientRect().top ?? 0;
    setTop(Math.round(place + scrollY));
  });
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(items[index] as T),
    overscan: 12,
    scrollMargin: top,
  });
  const rows = virtualizer.getVirtualItems();
  const last = rows.at(-1)?.index ?? -1;
  const ended = last >= items.length - 1;
  useEffect(() => {
    if (ended && items.length > 0) onEnd?.();
  }, [ended, items.length, onEnd]);
  return (
    <ul ref={list} className="rows" aria-label={label} style={{ height: virtualizer.getTotalSize() }}>
      {rows.map(({ index, key, start }) => (
        <li
          key={key}
          ref={virtualizer.measureElement}
          data-index={index}
          aria-setsize={items.length}
          aria-posinset={index + 1}
          style={{ transform: `translateY(${start - top}px)` }}
        >
          {render(items[index] as T)}
        </li>
      ))}
    </ul>
  );
}
