import type * as z from 'zod';
import { type Fault, ValidationError } from './errors.ts';

/** @throws ValidationError with every fault of the value */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw ValidationError.of(parsed.error.issues.map(toFault));
}

function toFault(issue: z.core.$ZodIssue): Fault {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return { path, message: `has unknown fields: ${issue.keys.join(', ')}` };
  }
  return { path, message: issue.message.replace(/^Invalid input: /, '') };
}
