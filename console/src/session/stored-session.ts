export interface StoredSession {
  readonly key: string;
  readonly project: string;
}

const STORED = 'ancrage.session';

/** Store the session for this tab only: closing the tab signs out. */
export function storeSession(session: StoredSession): void {
  sessionStorage.setItem(STORED, JSON.stringify(session));
}

export function readSession(): StoredSession | undefined {
  const text = sessionStorage.getItem(STORED);
  return text === null ? undefined : JSON.parse(text);
}

export function forgetSession(): void {
  sessionStorage.removeItem(STORED);
}
