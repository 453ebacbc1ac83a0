import type { Pattern } from './keyword.ts';

/** Compiles a regular expression. @throws PatternError with the reason */
export type CompilePattern = (source: string) => Pattern;

export class PatternError extends Error {
  override readonly name = 'PatternError';
}

const MAX_PATTERN = 500;
/** Of one pattern, and of all of a schema's: a repetition such as `(…){1000}` makes a long program of a short text. */
const MAX_PROGRAM = 1000;
const MAX_PROGRAMS = 4000;
/** What a pattern may remember of the texts that it has seen, to be quick; 8 MB if nothing is said. */
const MAX_MEMORY = 64 * 1024;
/** Instructions and characters whose product makes a step, where nothing is remembered. */
const WORK_PER_STEP = 4;

/**
 * RE2's engine: time linear in the text, for it knows neither look-around nor back references. It is loaded by whoever
 * has a schema with patterns, since running it would take as long as all else that a function loads.
 */
export async function linearPatterns(): Promise<CompilePattern> {
  const { RE2JS, RE2Set } = await import('re2js');
  let programs = 0;
  return (source) => {
    if (source.length > MAX_PATTERN) throw new PatternError(`has more than ${MAX_PATTERN} characters`);
    // A set of one: a pattern alone has no bound for its memory.
    const set = new RE2Set(RE2Set.UNANCHORED, 0, MAX_MEMORY);
    let size: number;
    try {
      const translated = RE2JS.translateRegExp(source);
      size = RE2JS.compile(translated).programSize();
      set.add(translated);
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : error;
      throw new PatternError(`is not a regular expression as RE2 knows them: ${reason}`);
    }
    programs += size;
    if (size > MAX_PROGRAM || programs > MAX_PROGRAMS) throw new PatternError('repeats too much');
    return {
      test: (text) => set.match(text).length > 0,
      stepsFor: (length) => 1 + Math.ceil((length * size) / WORK_PER_STEP),
    };
  };
}
