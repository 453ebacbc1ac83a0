import { ChunkError } from './chunk-error.ts';

/**
 * Load a chunk of the console. Without a connection, wait until there is one.
 *
 * @param forget lets the chunk be loaded again
 * @throws ChunkError
 */
export async function loadChunk<T>(load: () => Promise<T>, forget: () => void): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch (cause) {
      if (navigator.onLine) throw new ChunkError(await hasNewDeployment(), forget, { cause });
      await new Promise((resolve) => addEventListener('online', resolve, { once: true }));
    }
  }
}

/** A deployment renames the chunks and removes the former ones: its document names another script than this one did. */
async function hasNewDeployment(): Promise<boolean> {
  const script = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  if (!script) return false;
  try {
    // A local stack serves the page only to those who accept HTML; others get the API.
    const response = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } });
    return response.ok && !(await response.text()).includes(script);
  } catch {
    // Without an answer nobody knows, and the user may try again.
    return false;
  }
}
