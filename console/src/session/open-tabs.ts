import type { StoredSession } from './stored-session.ts';

/** A message between the tabs of one browser. Only pages of the console's own origin can listen. */
type Message =
  | { readonly name: 'who is signed in?' }
  | { readonly name: 'signed in'; readonly session: StoredSession }
  | { readonly name: 'signed out'; readonly token: string };

const CHANNEL = 'ancrage.session';
/** How long a new tab waits for another one to answer before it asks for a key. */
const ANSWER_WITHIN_MS = 300;

/** Return the session of another open tab, or undefined if none answers in time. */
export function askOpenTabs(): Promise<StoredSession | undefined> {
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise<StoredSession | undefined>((resolve) => {
    setTimeout(() => resolve(undefined), ANSWER_WITHIN_MS);
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.name === 'signed in') resolve(data.session);
    };
    channel.postMessage({ name: 'who is signed in?' } satisfies Message);
  }).finally(() => channel.close());
}

/** Share a session with tabs that ask for it, and end it when one of them signs out. @returns a function that stops both */
export function shareSession(session: StoredSession, onSignOut: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.name === 'who is signed in?')
      channel.postMessage({ name: 'signed in', session } satisfies Message);
    if (data.name === 'signed out' && data.token === session.token) onSignOut();
  };
  return () => channel.close();
}

/** Sign out the other tabs that have this session. */
export function tellSignOut({ token }: StoredSession): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage({ name: 'signed out', token } satisfies Message);
  channel.close();
}
