export interface StoredSession {
  readonly key: string;
  readonly project: string;
}

const STORED = 'ancrage.session';

/** Kept for the tab alone: closing it signs out. */
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
