import { once } from 'node:events';
import { open } from 'node:inspector';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const HOST = '127.0.0.1';
const EVERY_MS = 50;

/** Let debuggers attach to this process at a port of 127.0.0.1, once the former instance has left it. */
export async function openInspector(port: number): Promise<void> {
  while (!(await isFree(port))) await sleep(EVERY_MS);
  open(port, HOST);
}

/** Return whether no process listens on a port of 127.0.0.1. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
