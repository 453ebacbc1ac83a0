import type { Following, Redirect } from './redirects.ts';

/** A rendered request to a hook URL. */
export interface OutgoingRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The deadline for DNS, connect, TLS, headers and body together, in milliseconds. */
  readonly timeoutMs: number;
  /** How redirects are followed; absent if they are not. */
  readonly redirects?: Following;
}

/** The endpoint's response, with lower-case header names and at most 16 KB of the body. */
export interface HookResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Why it is not the whole response, or not decoded: the server broke off, say, or only the first 16 KB are kept. */
  readonly truncated?: string;
}

export type TransportError = 'timeout' | 'dns' | 'connection' | 'tls' | 'blocked-address';

export type SendResult = (
  | {
      readonly response: HookResponse;
      /** Why a redirect was not followed, as the rest of a sentence. */
      readonly notFollowed?: string;
    }
  | { readonly error: TransportError; readonly detail: string }
) & {
  /** Milliseconds, those of redirects included. */
  readonly durationMs: number;
  /** The redirects that were followed; absent if none was. */
  readonly redirects?: readonly Redirect[];
};
