/** The two clients, and the root certificates that whoever sends over TLS reads once. */
import tls from 'node:tls';

export { handler } from './baseline.ts';

export const context = tls.createSecureContext();
