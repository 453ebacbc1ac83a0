import * as z from 'zod/mini';

const SEGMENT = '[^.*#\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]+';
const TYPE = new RegExp(`^${SEGMENT}(\\.${SEGMENT})*$`, 'u');
const PATTERN = new RegExp(`^(\\*|${SEGMENT}(\\.${SEGMENT})*(\\.\\*)?)$`, 'u');

/** Bounded because fan-out makes one query per segment. */
const MAX_SEGMENTS = 10;
const MAX_LENGTH = 200;

const notTooDeep = z.refine<string>(
  (type) => type.split('.').length <= MAX_SEGMENTS,
  `has more than ${MAX_SEGMENTS} segments`,
);

export const eventTypeNameSchema = z
  .string()
  .check(
    z.maxLength(MAX_LENGTH),
    z.regex(TYPE, 'is not a dotted name such as "invoice.status.updated"'),
    notTooDeep,
  );

export const eventPatternSchema = z
  .string()
  .check(z.maxLength(MAX_LENGTH), z.regex(PATTERN, 'is not an event type, "prefix.*" or "*"'), notTooDeep);
