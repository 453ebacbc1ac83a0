import { useHistoryState } from 'wouter/use-browser-location';
import type { FitWarning } from '../api/types.ts';

interface SavedState {
  readonly warnings: readonly FitWarning[];
}

const NONE: readonly FitWarning[] = [];

/** Return options for going to a page that shows the warnings of what was just saved: they belong to that visit of the page. */
export const withWarnings = ({
  warnings = [],
}: {
  readonly warnings?: readonly FitWarning[] | undefined;
}) => ({
  state: warnings.length === 0 ? null : ({ warnings } satisfies SavedState),
});

/** Return the warnings that this visit of the page is to show. */
export function useWarnings(): readonly FitWarning[] {
  const state = useHistoryState<SavedState | null>();
  return state?.warnings ?? NONE;
}
