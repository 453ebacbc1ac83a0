import type { Pattern } from './keyword.ts';

/** Compiles a regular expression. @throws PatternError with the reason */
export type CompilePattern = (source: string) => Pattern;

export class PatternError extends Error {
  override readonly name = 'PatternError';
}

const MAX_PATTERN = 500;
/** Of one pattern, and of all of a schema's: a repetition such as `(…){1000}` makes a long program of a short text. */
const MAX_PROGRAM = 2000;
const MAX_PROGRAMS = 10_000;

/**
 * RE2's engine: time linear in the text, for it knows neither look-around nor back references. It is loaded by whoever
 * has a schema with patterns, since it would double the size of what each function has to load.
 */
export async function linearPatterns(): Promise<CompilePattern> {
  const { RE2JS } = await import('re2js');
  let programs = 0;
  return (source) => {
    if (source.length > MAX_PATTERN) throw new PatternError(`has more than ${MAX_PATTERN} characters`);
    let compiled: InstanceType<typeof RE2JS>;
    try {
      compiled = RE2JS.compile(RE2JS.translateRegExp(source));
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : error;
      throw new PatternError(`is not a regular expression as RE2 knows them: ${reason}`);
    }
    const size = compiled.programSize();
    programs += size;
    if (size > MAX_PROGRAM || programs > MAX_PROGRAMS) throw new PatternError('repeats too much');
    return {
      test: (text) => compiled.test(text),
      stepsFor: (length) => 1 + Math.ceil((length * (1 + size / 100)) / 16),
    };
  };
}
