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
import { useRoute } from 'wouter';
import type { AncrageClient } from '../../../client/index.ts';
import { ApiError } from '../api/api-error.ts';
import { useLanguage, useText } from '../i18n/language.tsx';
import type { Language } from '../i18n/messages.ts';
import { Failure, LoadingPage } from '../ui/states.tsx';
import { useToast } from '../ui/toasts.tsx';
import { messages } from './messages.ts';
import { askOpenTabs, shareSession, tellSignOut } from './open-tabs.ts';
import { sessionClient } from './session-client.ts';
import { SignInDialog } from './sign-in-dialog.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { forgetSession, readSession, type StoredSession, storeSession } from './stored-session.ts';
import { type Identity, identify, revoke, type SignedIn, signIn } from './tokens.ts';

export interface Session {
  readonly identity: Identity;
  /** For changes: what a page reads, it asks the `reader` for. */
  readonly client: Omit<AncrageClient, 'GET'>;
  /** Return a client whose requests end with the signal of a query, once no page shows it any more. */
  reader(signal?: AbortSignal): AncrageClient;
  /** The project in the address; the key's own if the address has none. */
  readonly project: string;
  can(scope: 'manage' | 'publish'): boolean;
  signOut(): void;
}

const SessionContext = createContext<Session | undefined>(undefined);

type State =
  /** Another tab may be signed in. */
  | { readonly name: 'asking' }
  | { readonly name: 'identifying'; readonly stored: StoredSession; readonly error?: Error }
  | { readonly name: 'out'; readonly hasEnded: boolean }
  /** `hasEnded`: the API no longer accepts the token. The page stays, so that nothing that was typed is lost. */
  | ({ readonly name: 'in'; readonly hasEnded: boolean } & SignedIn);

function firstState(): State {
  const stored = readSession();
  return stored === undefined ? { name: 'asking' } : { name: 'identifying', stored };
}

/** Provide the session: that of this tab, or else that of another open tab, or else one for a key that it asks for. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const t = useText(messages);
  const queries = useQueryClient();
  const { language } = useLanguage();
  const showToast = useToast();
  const [, address] = useRoute('/p/:project/*?');
  const [state, setState] = useState(firstState);
  const enter = useCallback(({ stored, identity }: SignedIn) => {
    storeSession(stored);
    setState({ name: 'in', hasEnded: false, stored, identity });
  }, []);
  const leave = useCallback(
    (hasEnded: boolean) => {
      forgetSession();
      queries.clear();
      setState({ name: 'out', hasEnded });
    },
    [queries],
  );
  useFirstSession({ state, setState, enter, leave, language });

  const stored = state.name === 'in' ? state.stored : undefined;
  useEffect(() => stored && shareSession(stored, () => leave(false)), [stored, leave]);

  const loadedIn = useRef(language);
  useEffect(() => {
    if (loadedIn.current === language) return;
    loadedIn.current = language;
    // The API answered in the other language, so everything is loaded again.
    void queries.invalidateQueries();
  }, [language, queries]);

  const session = useMemo<Session | undefined>(() => {
    if (state.name !== 'in') return undefined;
    const { stored, identity } = state;
    const onEnd = () => setState((now) => endOf(now, stored));
    const reader = (signal?: AbortSignal) => sessionClient(stored, { language, onEnd, signal });
    return {
      identity,
      client: reader(),
      reader,
      project: address?.project ?? identity.project,
      can: (scope) => identity.scopes.includes('admin') || identity.scopes.includes(scope),
      signOut() {
        tellSignOut(stored);
        leave(false);
        revoke(stored, language).catch(() => showToast(t('notRevoked'), 'bad'));
      },
    };
  }, [state, address?.project, language, leave, showToast, t]);

  async function submit(key: string): Promise<void> {
    enter(await signIn(key, language));
    // Requests that failed while nobody was signed in are made again.
    void queries.invalidateQueries();
  }

  if (session !== undefined)
    return (
      <SessionContext value={session}>
        {children}
        {state.name === 'in' && state.hasEnded && <SignInDialog onKey={submit} onClose={() => leave(true)} />}
      </SessionContext>
    );
  if (state.name === 'out') return <SignInPage hasEnded={state.hasEnded} onKey={submit} />;
  if (state.name === 'identifying' && state.error !== undefined)
    return (
      <main className="loading-page">
        <Failure
          error={state.error}
          onRetry={() => setState({ name: 'identifying', stored: state.stored })}
        />
      </main>
    );
  return <LoadingPage />;
}

interface FirstSession {
  readonly state: State;
  readonly setState: (state: State) => void;
  readonly enter: (signedIn: SignedIn) => void;
  readonly leave: (hasEnded: boolean) => void;
  readonly language: Language;
}

/** Find out whether this tab or another one is signed in. */
function useFirstSession({ state, setState, enter, leave, language }: FirstSession): void {
  useEffect(() => {
    if (state.name !== 'asking') return;
    void askOpenTabs().then((stored) =>
      setState(stored === undefined ? { name: 'out', hasEnded: false } : { name: 'identifying', stored }),
    );
  }, [state, setState]);
  useEffect(() => {
    if (state.name !== 'identifying' || state.error !== undefined) return;
    const { stored } = state;
    identify(stored.token, language)
      .then((identity) => enter({ stored, identity }))
      .catch((error: Error) => {
        const isRefused = error instanceof ApiError && [401, 403].includes(error.status);
        if (isRefused) leave(true);
        else setState({ name: 'identifying', stored, error });
      });
  }, [state, setState, enter, leave, language]);
  useEffect(() => {
    if (state.name !== 'identifying' || state.error === undefined) return;
    const retry = () => setState({ name: 'identifying', stored: state.stored });
    addEventListener('online', retry);
    return () => removeEventListener('online', retry);
  }, [state, setState]);
}

/** The state after the API refused a token, which may be that of a former session. */
function endOf(state: State, refused: StoredSession): State {
  const isNew = state.name === 'in' && !state.hasEnded && state.stored === refused;
  return isNew ? { ...state, hasEnded: true } : state;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('There is no session.');
  return session;
}
