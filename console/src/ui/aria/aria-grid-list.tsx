import { type KeyboardEvent, useCallback, useMemo } from 'react';
import { GridList, GridListItem } from 'react-aria-components/GridList';
import { Virtualizer } from 'react-aria-components/Virtualizer';
import type { GridListProps } from '../grid-list-props.ts';
import { AriaRoot } from './aria-root.tsx';
import { GridRow, RowContext } from './grid-row.tsx';
import { RowLayout } from './row-layout.ts';
import { useEnd } from './use-end.ts';

/** A list that scrolls with the window and renders only the visible rows, so that 10,000 rows scroll as smoothly as 10. */
export default function AriaGridList({
  label,
  items,
  keyOf,
  nameOf,
  rowHeight,
  render,
  onEnd,
  selection,
}: GridListProps<object>) {
  const layout = useMemo(() => ({ estimatedRowSize: rowHeight }), [rowHeight]);
  const end = useEnd(items.length, onEnd);
  // Each item becomes a row of the collection once, and is rendered, by its context, while it is visible.
  // biome-ignore lint/correctness/useExhaustiveDependencies: both are other functions in each render, with the same results.
  const row = useCallback(
    (item: object) => (
      <GridListItem id={keyOf(item)} textValue={nameOf(item)} focusMode="child" className="grid-row">
        {({ state }) => <GridRow id={keyOf(item)} state={state} item={item} />}
      </GridListItem>
    ),
    [],
  );
  return (
    <AriaRoot>
      <div onKeyDownCapture={correctKeys}>
        <Virtualizer layout={RowLayout} layoutOptions={layout} shouldObserveItemSize>
          <RowContext value={render}>
            <GridList
              className="rows"
              aria-label={label}
              items={items}
              {...(selection && {
                selectionMode: 'multiple',
                disabledBehavior: 'selection',
                selectedKeys: selection.keys,
                disabledKeys: selection.disabled,
                onSelectionChange: (keys) =>
                  selection.onChange(keys === 'all' ? new Set(items.map(keyOf)) : (keys as Set<string>)),
              })}
            >
              {row}
            </GridList>
          </RowContext>
        </Virtualizer>
        <div ref={end} />
      </div>
    </AriaRoot>
  );
}

const PAGING = ['PageUp', 'PageDown', 'Home', 'End'];

/** Correct what React Aria makes of keys in lists that scroll with the window, and whose rows have links. */
function correctKeys(event: KeyboardEvent<HTMLElement>): void {
  // The window scrolls to the row that gets the focus, and not by a page in addition.
  if (PAGING.includes(event.key) && !event.altKey) event.preventDefault();
  // Nothing in a row is to the right of its link. React Aria would go to the row itself, which nothing opens.
  if (event.key === 'ArrowRight' && (event.target as Element).matches('.row')) event.stopPropagation();
}
