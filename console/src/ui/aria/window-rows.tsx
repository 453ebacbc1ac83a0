import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type ComponentProps,
  createContext,
  memo,
  use,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type CollectionRenderer, DefaultCollectionRenderer } from 'react-aria-components/CollectionBuilder';
import type { GridListProps } from '../grid-list-props.ts';
import { useKeys } from './use-keys.ts';

type RowsProps = ComponentProps<CollectionRenderer['CollectionRoot']>;
type Row = RowsProps['collection'] extends Iterable<infer Each> ? Each : never;

/** Rows that are rendered above and below those in view. */
const OVERSCAN = 12;

export const WindowContext = createContext<Pick<GridListProps<object>, 'rowHeight' | 'onEnd'>>({
  rowHeight: 1,
});

/** Renders the rows of a collection that are in view, near it, or have the focus. The window scrolls. */
function WindowRows({ collection, persistedKeys }: RowsProps) {
  const { rowHeight, onEnd } = use(WindowContext);
  const place = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const rows = useMemo(() => [...collection], [collection]);
  const kept = [...(persistedKeys ?? [])].flatMap((key) => collection.getItem(key)?.index ?? []);
  // Content above the list may change its height, so the list's offset is measured after each render.
  useLayoutEffect(() => {
    setTop(Math.round((place.current?.getBoundingClientRect().top ?? 0) + scrollY));
  });
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: OVERSCAN,
    scrollMargin: top,
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), ...kept])].sort((a, b) => a - b),
  });
  // The row that has the focus is rendered wherever it is, so it does not tell what is in view.
  const ended = (virtualizer.range?.endIndex ?? -1) + OVERSCAN >= rows.length - 1;
  useEffect(() => {
    if (ended && rows.length > 0) onEnd?.();
  }, [ended, rows.length, onEnd]);
  return (
    <div
      ref={place}
      role="presentation"
      style={{ height: virtualizer.getTotalSize() }}
      {...useKeys(collection, rows, rowHeight)}
    >
      {virtualizer.getVirtualItems().map(({ index, key, start }) => (
        <div
          key={key}
          ref={virtualizer.measureElement}
          data-index={index}
          role="presentation"
          style={{ transform: `translateY(${start - top}px)` }}
        >
          <RenderedRow row={rows[index] as Row} />
        </div>
      ))}
    </div>
  );
}

/** Not rendered again when the window scrolls. */
const RenderedRow = memo(({ row }: { row: Row }) => row.render?.(row));

export const windowRenderer: CollectionRenderer = {
  ...DefaultCollectionRenderer,
  CollectionRoot: WindowRows,
};
