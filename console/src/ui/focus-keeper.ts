/**
 * Remember what has the focus, and return a function that gives it back: to the same element, to the list that it was
 * in if its row is gone, or else to the page. Browsers do so only while a dialog stays in the document.
 */
export function focusKeeper(): () => void {
  const opener = document.activeElement;
  const list = opener?.closest('[role="grid"]');
  return () => {
    const places = [opener, list?.querySelector('[tabindex="0"]'), document.getElementById('content')];
    for (const place of places) {
      if (!(place instanceof HTMLElement) || place === document.body) continue;
      place.focus({ preventScroll: true });
      if (document.activeElement === place) return;
    }
  };
}
