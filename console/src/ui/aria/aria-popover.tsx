import { type ReactNode, type RefObject, useCallback, useEffect, useState } from 'react';
import { Popover, type PopoverProps } from 'react-aria-components/Popover';
import { usePopoverPlace } from './aria-root.tsx';

interface AriaPopoverProps extends Omit<PopoverProps, 'children' | 'className' | 'offset'> {
  /** What it is placed beside. */
  readonly target: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** A popover that stays beside its target, also when the page above it grows or shrinks. */
export function AriaPopover({ target, children, ...props }: AriaPopoverProps) {
  const place = usePopoverPlace();
  const [moves, setMoves] = useState(0);
  const onMove = useCallback(() => setMoves((count) => count + 1), []);
  return (
    <Popover
      className="popover"
      offset={4}
      {...place}
      {...props}
      // React Aria calculates the position anew when an option changes. This one says nothing without an arrow.
      arrowBoundaryOffset={moves}
    >
      <Moves of={target} onMove={onMove} />
      {children}
    </Popover>
  );
}

/** Tells each move of an element on the page. No observer does: its size and the window's stay the same. */
function Moves({ of, onMove }: { of: RefObject<HTMLElement | null>; onMove(): void }) {
  useEffect(() => {
    let frame = 0;
    let former = placeOf(of.current);
    const look = () => {
      const now = placeOf(of.current);
      if (now !== former) onMove();
      former = now;
      frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [of, onMove]);
  return null;
}

/** Where an element is on the page, whichever part of it the window shows. */
function placeOf(element: HTMLElement | null): string {
  const { left = 0, top = 0 } = element?.getBoundingClientRect() ?? {};
  return `${Math.round(left + scrollX)} ${Math.round(top + scrollY)}`;
}
