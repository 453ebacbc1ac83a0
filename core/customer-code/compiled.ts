import { Cache } from '../kernel/cache.ts';

/**
 * The memory that a character of a source takes once it is compiled, in bytes, the source included: 63 at most, for
 * `{{a(1)}}` repeated to 28 KB, which takes 1.6 MB; 10 for a template of quoted fields, 1 for plain text.
 */
const BYTES_PER_CHARACTER = 64;
/** The memory that the smallest one takes. */
const LEAST_BYTES = 1024;

/** Cache a compiler's results, each for its project. Compiling takes 10 to 30 ms for 28 KB, a rendering often less. */
export function compiledOnce<Compiled>(
  compile: (source: string) => Compiled,
  maxBytes: number,
): (project: string, source: string) => Compiled {
  const cache = new Cache<Compiled>(maxBytes);
  return (project, source) => {
    const known = cache.get(project, source);
    if (known !== undefined) return known;
    const compiled = compile(source);
    cache.set(project, source, compiled, LEAST_BYTES + BYTES_PER_CHARACTER * source.length);
    return compiled;
  };
}
