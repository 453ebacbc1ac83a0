import type { Pattern } from './keyword.ts';

/** Compiles a regular expression. @throws PatternError with the reason */
export type CompilePattern = (source: string) => Pattern;

export class PatternError extends Error {
  override readonly name = 'PatternError';
}

const MAX_PATTERN = 500;
/** The program size of one pattern and of all of a schema's. A short repetition such as `(…){1000}` makes a long program. */
const MAX_PROGRAM = 1000;
const MAX_PROGRAMS = 4000;
/** The bytes of a pattern's cache of states, 8 MB by default. */
const MAX_MEMORY = 64 * 1024;
/** A step is this many instructions times characters, without the cache. */
const WORK_PER_STEP = 4;

/**
 * Load RE2, which runs in time linear in the text because it supports neither look-around nor back references. It is loaded
 * only for schemas with patterns, because loading it takes as long as everything else that a function loads.
 */
export async function linearPatterns(): Promise<CompilePattern> {
  const { RE2JS, RE2Set } = await import('re2js');
  let programs = 0;
  return (source) => {
    if (source.length > MAX_PATTERN) throw new PatternError(`has more than ${MAX_PATTERN} characters`);
    // A set of one pattern, because only a set bounds its memory.
    const set = new RE2Set(RE2Set.UNANCHORED, 0, MAX_MEMORY);
    let size: number;
    try {
      const translated = RE2JS.translateRegExp(source);
      size = RE2JS.compile(translated).programSize();
      set.add(translated);
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : error;
      throw new PatternError(`is not a regular expression that RE2 supports: ${reason}`);
    }
    programs += size;
    if (size > MAX_PROGRAM || programs > MAX_PROGRAMS) throw new PatternError('repeats too much');
    return {
      test: (text) => set.match(text).length > 0,
      stepsFor: (length) => 1 + Math.ceil((length * size) / WORK_PER_STEP),
    };
  };
}
