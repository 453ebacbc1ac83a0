import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type AncrageClient, createAncrageClient } from '../../../client/index.ts';
import { ApiError, unwrap } from '../api/api-error.ts';
import { useLanguage } from '../i18n/language.tsx';
import type { Language } from '../i18n/messages.ts';
import { LoadingPage } from '../ui/states.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { forgetSession, readSession, type StoredSession, storeSession } from './stored-session.ts';

type Scope = 'admin' | 'manage' | 'publish' | 'read';

/** The owner of the API key. */
export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly scopes: readonly Scope[];
}

export interface Session {
  readonly identity: Identity;
  readonly client: AncrageClient;
  /** The selected project: the key's own, unless an admin selects another. */
  readonly project: string;
  chooseProject(project: string): void;
  can(scope: 'manage' | 'publish'): boolean;
  signOut(): void;
}

const SessionContext = createContext<Session | undefined>(undefined);

type State =
  | { readonly name: 'loading'; readonly stored: StoredSession }
  | { readonly name: 'out'; readonly refused?: string }
  | { readonly name: 'in'; readonly stored: StoredSession; readonly identity: Identity };

/** Provide the session of the API key, or ask for a key if there is none. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { language } = useLanguage();
  const [state, setState] = useState<State>(() => {
    const stored = readSession();
    return stored === undefined ? { name: 'out' } : { name: 'loading', stored };
  });
  const leave = useCallback(
    (refused?: string) => {
      forgetSession();
      queries.clear();
      setState({ name: 'out', ...(refused !== undefined && { refused }) });
    },
    [queries],
  );
  const enter = useCallback((stored: StoredSession, identity: Identity) => {
    storeSession(stored);
    setState({ name: 'in', stored, identity });
  }, []);

  useEffect(() => {
    if (state.name !== 'loading') return;
    const { stored } = state;
    identify(stored.key, language)
      .then((identity) => enter(stored, identity))
      .catch((error: unknown) => leave(error instanceof Error ? error.message : String(error)));
  }, [state, enter, leave, language]);

  const loadedIn = useRef(language);
  useEffect(() => {
    if (loadedIn.current === language) return;
    loadedIn.current = language;
    // What the API said in the other language.
    void queries.invalidateQueries();
  }, [language, queries]);

  const session = useMemo<Session | undefined>(() => {
    if (state.name !== 'in') return undefined;
    const { stored, identity } = state;
    return {
      identity,
      client: clientFor(stored.key, language, leave),
      project: stored.project,
      chooseProject(project) {
        queries.clear();
        enter({ ...stored, project }, identity);
      },
      can: (scope) => identity.scopes.includes('admin') || identity.scopes.includes(scope),
      signOut: () => leave(),
    };
  }, [state, enter, leave, queries, language]);

  if (session !== undefined) return <SessionContext value={session}>{children}</SessionContext>;
  if (state.name === 'loading') return <LoadingPage />;
  return (
    <SignInPage
      refused={state.name === 'out' ? state.refused : undefined}
      onKey={async (key) => {
        const identity = await identify(key, language);
        enter({ key, project: identity.project }, identity);
      }}
    />
  );
}

/** Create the API client. A key that is no longer valid, for example a deleted one, ends the session. */
function clientFor(apiKey: string, language: Language, leave: (refused: string) => void): AncrageClient {
  const client = createAncrageClient({ baseUrl: location.origin, apiKey, language });
  client.use({
    onResponse({ response }) {
      if (response.status === 401) leave('401');
      return undefined;
    },
  });
  return client;
}

/** Load the identity of a key. @throws ApiError if the key is unknown or cannot read */
async function identify(apiKey: string, language: Language): Promise<Identity> {
  const client = createAncrageClient({ baseUrl: location.origin, apiKey, language });
  const identity = await unwrap(client.GET('/v1/key'));
  const { scopes } = identity;
  if (!scopes.some((scope) => scope !== 'publish')) throw new ApiError(403, 'publish');
  return identity;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('There is no session.');
  return session;
}
