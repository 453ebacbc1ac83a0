/** One HTTP request to a hook URL. */
export interface OutgoingRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** One deadline over DNS, connect, TLS, headers and body, in milliseconds. */
  readonly timeoutMs: number;
}

/** What came back: header names in lower case, at most 1 KB of the body. */
export interface HookResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type TransportError = 'timeout' | 'dns' | 'connection' | 'tls' | 'blocked-address';

export type SendResult =
  | { readonly response: HookResponse; readonly durationMs: number }
  | { readonly error: TransportError; readonly detail: string; readonly durationMs: number };
