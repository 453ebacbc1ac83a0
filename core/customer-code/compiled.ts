/** The number of compiled sources that are cached. Compiling one costs a few thousand steps for every record. */
const MAX_KEPT = 500;

/** Cache a compiler's results, dropping the least recently used. */
export function compiledOnce<Compiled>(compile: (source: string) => Compiled): (source: string) => Compiled {
  const kept = new Map<string, Compiled>();
  return (source) => {
    const compiled = kept.get(source) ?? compile(source);
    kept.delete(source);
    kept.set(source, compiled);
    if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value as string);
    return compiled;
  };
}
