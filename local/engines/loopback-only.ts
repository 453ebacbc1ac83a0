import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const CHANNEL = 'net.server.socket';
const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;

/**
 * Close connections from other machines to a port of this process, for a server that listens on all addresses and has
 * no setting for it.
 *
 * @returns a function that removes the restriction
 */
export function acceptLoopbackOnly(port: number): () => void {
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    if (socket.localPort === port && !LOOPBACK.test(socket.remoteAddress ?? '')) socket.destroy();
  };
  subscribe(CHANNEL, onSocket);
  return () => {
    unsubscribe(CHANNEL, onSocket);
  };
}
