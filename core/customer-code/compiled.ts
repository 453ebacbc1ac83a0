import { Cache } from '../kernel/cache.ts';
import type { EventScope } from './event-scope.ts';

/**
 * The memory that a character of a source takes once it is compiled, in bytes, the source included: 63 at most, for
 * `{{a(1)}}` repeated to 28 KB, which takes 1.6 MB; 10 for a template of quoted fields, 1 for plain text.
 */
const BYTES_PER_CHARACTER = 64;
/** The memory that the smallest one takes. */
const LEAST_BYTES = 1024;

/** A step takes 100 ns, and compiling 28 KB takes 10 ms. */
const STEPS_PER_CHARACTER = 4;

/** Cache a compiler's results, each for its project, which pays for compiling: that often takes longer than a rendering. */
export function compiledOnce<Compiled>(
  compile: (source: string) => Compiled,
  maxBytes: number,
): (source: string, scope: Pick<EventScope, 'project' | 'allowance'>) => Compiled {
  const cache = new Cache<Compiled>(maxBytes);
  return (source, { project, allowance }) => {
    const known = cache.get(project, source);
    if (known !== undefined) return known;
    allowance?.take(STEPS_PER_CHARACTER * source.length);
    const compiled = compile(source);
    cache.set(project, source, compiled, LEAST_BYTES + BYTES_PER_CHARACTER * source.length);
    return compiled;
  };
}
