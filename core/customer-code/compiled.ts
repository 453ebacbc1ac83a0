/**
 * Compiled sources that a function keeps. Compiling one takes some thousand steps, which the records of an invocation would
 * otherwise pay for again and again.
 */
const MAX_KEPT = 500;

/** Compile each source once, for as long as it is among the sources used last. */
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
