import type { AncrageClient } from '../../../client/index.ts';
import type { Language } from '../i18n/messages.ts';
import type { StoredSession } from './stored-session.ts';
import { clientOf } from './tokens.ts';

interface SessionClientOptions {
  readonly language: Language;
  /** Called when the API no longer accepts the token: it has expired, or its key was deleted. */
  onEnd(): void;
  /** Aborts the requests of this client. */
  readonly signal: AbortSignal | undefined;
}

/** Create an API client of a session. */
export function sessionClient(
  { token }: StoredSession,
  { language, onEnd, signal }: SessionClientOptions,
): AncrageClient {
  const client = clientOf(token, language);
  client.use({
    onRequest: ({ request }) => (signal === undefined ? request : new Request(request, { signal })),
    onResponse({ response }) {
      if (response.status === 401) onEnd();
      return undefined;
    },
  });
  return client;
}
