import type { Translate } from '../languages/translation.ts';
import type { FitWarning } from './fit-warning.ts';

/** Return a warning with its sentence and its reasons in the caller's language. */
export const spokenWarning = (warning: FitWarning, say: Translate): FitWarning => ({
  ...warning,
  detail: say(warning.detail),
  misfits: warning.misfits.map((misfit) => ({ ...misfit, detail: say(misfit.detail) })),
});
