import * as z from 'zod/mini';

const SEGMENT = '[^.*#\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]+';
/** At most 10 segments, because fan-out makes one query for each. */
const TYPE = new RegExp(`^${SEGMENT}(\\.${SEGMENT}){0,9}$`, 'u');
const PATTERN = new RegExp(`^(\\*|${SEGMENT}(\\.${SEGMENT}){0,8}(\\.(\\*|${SEGMENT}))?)$`, 'u');

const MAX_LENGTH = 200;

export const eventTypeNameSchema = z
  .string()
  .check(
    z.maxLength(MAX_LENGTH),
    z.regex(TYPE, 'is not a dotted name of up to 10 segments, such as "invoice.status.updated"'),
  );

export const eventPatternSchema = z
  .string()
  .check(
    z.maxLength(MAX_LENGTH),
    z.regex(PATTERN, 'is not an event type of up to 10 segments, "prefix.*" or "*"'),
  );
