import { type RefObject, useEffect, useRef } from 'react';

/** The next page is requested when its place is within this many screens below what is in view. */
const AHEAD = '100%';

/** Return the ref of an element at the end of a list, and call a function when it is about to come into view. */
export function useEnd(length: number, onEnd: (() => void) | undefined): RefObject<HTMLDivElement | null> {
  const end = useRef<HTMLDivElement>(null);
  // Observed anew after each page, because the end may still be in view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (end.current === null || onEnd === undefined) return;
    const observer = new IntersectionObserver((entries) => entries.at(-1)?.isIntersecting && onEnd(), {
      rootMargin: `0px 0px ${AHEAD}`,
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [length, onEnd]);
  return end;
}
