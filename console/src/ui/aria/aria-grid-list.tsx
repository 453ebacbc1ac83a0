import { useCallback, useMemo } from 'react';
import { CollectionRendererContext } from 'react-aria-components/CollectionBuilder';
import { GridList, GridListItem } from 'react-aria-components/GridList';
import type { GridListProps } from '../grid-list-props.ts';
import { AriaRoot } from './aria-root.tsx';
import { GridRow, RowContext } from './grid-row.tsx';
import { WindowContext, windowRenderer } from './window-rows.tsx';

/** A list that scrolls with the window and renders only the visible rows, so that 10,000 rows scroll as smoothly as 10. */
export default function AriaGridList(props: GridListProps<object>) {
  const { label, items, keyOf, nameOf, rowHeight, render, onEnd, selection } = props;
  // Each item becomes a row of the collection once, and is rendered, by its context, while it is visible.
  // biome-ignore lint/correctness/useExhaustiveDependencies: both are other functions in each render, with the same results.
  const row = useCallback(
    (item: object) => (
      <GridListItem
        id={keyOf(item)}
        textValue={nameOf(item)}
        focusMode="child"
        render={(row, { state, id = '' }) => (
          // biome-ignore lint/a11y/useAriaPropsSupportedByRole: it has the role of a row.
          <div {...row} aria-rowindex={(state.collection.getItem(id)?.index ?? 0) + 1} />
        )}
      >
        {({ state }) => <GridRow id={keyOf(item)} state={state} item={item} />}
      </GridListItem>
    ),
    [],
  );
  return (
    <AriaRoot>
      <CollectionRendererContext value={windowRenderer}>
        <WindowContext value={useMemo(() => ({ rowHeight, ...(onEnd && { onEnd }) }), [rowHeight, onEnd])}>
          <RowContext value={render}>
            <GridList
              className="rows"
              aria-label={label}
              items={items}
              // biome-ignore lint/a11y/useAriaPropsSupportedByRole: it has the role of a grid.
              render={(list) => <div {...list} aria-rowcount={items.length} />}
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
        </WindowContext>
      </CollectionRendererContext>
    </AriaRoot>
  );
}
