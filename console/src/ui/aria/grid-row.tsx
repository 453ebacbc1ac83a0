import {
  createContext,
  type KeyboardEvent,
  memo,
  type ReactNode,
  type SyntheticEvent,
  useContext,
  useLayoutEffect,
  useRef,
} from 'react';
import type { GridListItemRenderProps } from 'react-aria-components/GridList';

/** The elements of a row that take the focus: the link that opens it, of class `row`, and the checkbox. */
const CONTROLS = 'a[href], input';

/** Renders an item. */
export const RowContext = createContext<(item: object) => ReactNode>(() => null);

/** Not rendered again when the focus goes from row to row. */
const Content = memo(({ item }: { item: object }) => useContext(RowContext)(item));

interface GridRowProps extends Pick<GridListItemRenderProps, 'state'> {
  readonly id: string;
  readonly item: object;
}

/** The content of a row. Its link has the focus of the row, and is the only tab stop of the list. */
export function GridRow({ id, state, item }: GridRowProps) {
  const content = useRef<HTMLDivElement>(null);
  const isStop = state.selectionManager.focusedKey === id;
  useLayoutEffect(() => {
    for (const control of content.current?.querySelectorAll<HTMLElement>(CONTROLS) ?? [])
      control.tabIndex = isStop && control.matches('.row') ? 0 : -1;
  });
  return (
    // biome-ignore-start lint/a11y: the events are those of the controls in it.
    <div
      ref={content}
      onFocus={({ target }) => {
        // Whoever focuses the link, be it a script or a screen reader, is at this row.
        state.selectionManager.setFocusedKey(id);
        // React Aria would scroll to the middle of the list on the way to a row that is out of view.
        if (target.matches(':focus-visible')) target.scrollIntoView({ block: 'nearest' });
      }}
      onPointerDown={keep}
      onMouseDown={keep}
      onClick={keep}
      onKeyDown={keepOpening}
    >
      <Content item={item} />
    </div>
    // biome-ignore-end lint/a11y: as above
  );
}

/** Keep an event from the row, which would be selected by it. */
const keep = (event: SyntheticEvent) => event.stopPropagation();

/** Links open by Enter, and checkboxes are ticked by Space. */
function keepOpening(event: KeyboardEvent) {
  if (event.key === 'Enter' || (event.key === ' ' && event.target instanceof HTMLInputElement)) keep(event);
}
