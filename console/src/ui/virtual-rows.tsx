import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';

interface VirtualRowsProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  keyOf(item: T): string;
  /** Estimated height in pixels until a row has been measured. */
  readonly rowHeight: number;
  render(item: T): ReactNode;
  /** Called when the last row comes into view. */
  onEnd?(): void;
}

/** A list that renders only the visible rows, so that 10,000 rows scroll as smoothly as 10. */
export function VirtualRows<T>({ label, items, keyOf, rowHeight, render, onEnd }: VirtualRowsProps<T>) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  // Content above the list may change its height, so the list's offset is measured after each render.
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
