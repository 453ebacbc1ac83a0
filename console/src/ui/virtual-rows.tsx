import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useRowFocus } from './use-row-focus.ts';

/** Rows that are rendered above and below those in view. */
const OVERSCAN = 12;

interface VirtualRowsProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  keyOf(item: T): string;
  /** Estimated height in pixels until a row has been measured. */
  readonly rowHeight: number;
  /** Renders a row: a link or button of class `row`, with a checkbox beside it if the row can be selected. */
  render(item: T): ReactNode;
  /** Called when the last row comes into view. */
  onEnd?(): void;
}

/**
 * A list that renders only the visible rows, so that 10,000 rows scroll as smoothly as 10. It is one tab stop: the arrow
 * keys go from row to row. Rows are real links and buttons, which can be opened in a new tab.
 */
export function VirtualRows<T>({ label, items, keyOf, rowHeight, render, onEnd }: VirtualRowsProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: keyOf is another function in each render, with the same results.
  const keys = useMemo(() => items.map(keyOf), [items]);
  const { current, ...focus } = useRowFocus({ list, keys, rowHeight });
  // Content above the list may change its height, so the list's offset is measured after each render.
  useLayoutEffect(() => {
    const place = list.current?.getBoundingClientRect().top ?? 0;
    setTop(Math.round(place + scrollY));
  });
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keys[index] ?? index,
    overscan: OVERSCAN,
    scrollMargin: top,
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), current])].sort((a, b) => a - b),
  });
  const rows = virtualizer.getVirtualItems();
  // The row of the tab stop is rendered wherever it is, so it does not tell what is in view.
  const ended = (virtualizer.range?.endIndex ?? -1) + OVERSCAN >= items.length - 1;
  useEffect(() => {
    if (ended && items.length > 0) onEnd?.();
  }, [ended, items.length, onEnd]);
  return (
    // biome-ignore-start lint/a11y: a table cannot be virtual, and the links and buttons in the cells have the focus.
    <div
      ref={list}
      role="grid"
      className="rows"
      aria-label={label}
      aria-rowcount={items.length}
      style={{ height: virtualizer.getTotalSize() }}
      {...focus}
    >
      {rows.map(({ index, key, start }) => (
        <div
          key={key}
          ref={virtualizer.measureElement}
          data-index={index}
          role="row"
          aria-rowindex={index + 1}
          style={{ transform: `translateY(${start - top}px)` }}
        >
          <div role="gridcell">{render(items[index] as T)}</div>
        </div>
      ))}
    </div>
    // biome-ignore-end lint/a11y: as above
  );
}
