import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';

/**
 * Return the code of a thread as a URL. Node could run the file as it is, but a thread that strips types loads a compiler for that,
 * and keeps 11 MB.
 */
export async function workerScript(file: URL): Promise<URL> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(file)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  // Its process would stay.
  await stop();
  return new URL(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`);
}
