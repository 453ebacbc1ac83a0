import type { StepMeter } from '../step-meter.ts';
import { lengthOf } from '../values/text.ts';

/** The alignment of a padded text: `both` is Python's `center`, `middle` is `^` of a format. */
export type Side = 'left' | 'right' | 'both' | 'middle';

/** Pad a text to a width in code points. */
export function padded(text: string, width: number, fill: string, side: Side, meter: StepMeter): string {
  const missing = Math.max(0, width - lengthOf(text, meter));
  meter.text(text.length + missing * fill.length);
  const left = leftOf(missing, width, side);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

function leftOf(missing: number, width: number, side: Side): number {
  if (side === 'left') return 0;
  if (side === 'right') return missing;
  // The odd fill character goes to the right, but in `center` to the left if the width is odd too.
  return Math.floor(missing / 2) + (side === 'both' ? missing & width & 1 : 0);
}
