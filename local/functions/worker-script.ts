import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

/**
 * Return the code of a thread as a URL. Node could run the file as it is, but a thread that strips types loads a compiler for that,
 * and keeps 11 MB.
 *
 * @param file imports nothing relative to it, at least not at once
 */
export const workerScript = (file: URL): URL =>
  new URL(`data:text/javascript,${encodeURIComponent(withoutTypes(readFileSync(file, 'utf8')))}`);

/** Strip types as Node does it when it runs a file. It calls only the function experimental, in a warning that helps nobody here. */
function withoutTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
