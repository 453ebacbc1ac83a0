import type { Circumstance, Gap } from './gap.ts';
import { batches, transport } from './iam.ts';
import { layers } from './layers.ts';
import { otherRegions } from './other-regions.ts';
import { refusals } from './refused.ts';
import { senders } from './senders.ts';

const GAPS: readonly Gap[] = [...refusals, otherRegions, layers, senders, transport, batches];

/** The gaps that concern any stack, and those of the circumstances. */
export const gapsOf = (...circumstances: readonly Circumstance[]): readonly Gap[] =>
  GAPS.filter(({ only }) => only === undefined || circumstances.includes(only));
