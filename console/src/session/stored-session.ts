export interface StoredSession {
  /** Issued for the key of the person, and valid for 12 hours at most. The key itself is not kept. */
  readonly token: string;
}

const STORED = 'ancrage.session';

/** Store the session for this tab only: closing the tab forgets it. */
export function storeSession({ token }: StoredSession): void {
  sessionStorage.setItem(STORED, JSON.stringify({ token }));
}

/** Return the session of this tab, if there is one. One that an older version of the console stored has no token. */
export function readSession(): StoredSession | undefined {
  const { token } = JSON.parse(sessionStorage.getItem(STORED) ?? '{}') as Partial<StoredSession>;
  return token === undefined ? undefined : { token };
}

export function forgetSession(): void {
  sessionStorage.removeItem(STORED);
}
