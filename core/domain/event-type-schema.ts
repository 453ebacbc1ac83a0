import * as z from 'zod';

const SEGMENT = '[^.*#\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]+';
const TYPE = new RegExp(`^${SEGMENT}(\\.${SEGMENT})*$`, 'u');
const PATTERN = new RegExp(`^(\\*|${SEGMENT}(\\.${SEGMENT})*(\\.\\*)?)$`, 'u');

/** Fan-out makes one query per segment, so their number is bounded. */
const MAX_SEGMENTS = 10;
const MAX_LENGTH = 200;

const notTooDeep = (type: string) => type.split('.').length <= MAX_SEGMENTS;
const TOO_DEEP = `has more than ${MAX_SEGMENTS} segments`;

export const eventTypeSchema = z
  .string()
  .max(MAX_LENGTH)
  .regex(TYPE, 'is not a dotted name such as "invoice.status.updated"')
  .refine(notTooDeep, TOO_DEEP);

export const eventPatternSchema = z
  .string()
  .max(MAX_LENGTH)
  .regex(PATTERN, 'is not an event type, "prefix.*" or "*"')
  .refine(notTooDeep, TOO_DEEP);
