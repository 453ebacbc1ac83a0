import { en } from 'zod/locales';
import * as z from 'zod/mini';
import { type Fault, ValidationError } from './errors.ts';

// zod/mini has no messages of its own.
z.config(en());

/** Parse a value. @throws ValidationError with every fault */
export function validate<Schema extends z.core.$ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  throw ValidationError.of(parsed.error.issues.map(toFault));
}

function toFault(issue: z.core.$ZodIssue): Fault {
  return { path: issue.path.join('.'), message: messageOf(issue) };
}

function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `has unknown fields: ${issue.keys.join(', ')}`;
    case 'invalid_key':
      return issue.issues[0] ? messageOf(issue.issues[0]) : 'has a name that is not allowed';
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? 'is required'
        : issue.message.replace(/^Invalid input: /, '');
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'is not an ISO 8601 time with a zone, such as "2026-01-02T03:04:05Z"'
        : issue.message;
    default:
      return issue.message.replace(/^Invalid input: /, '');
  }
}
