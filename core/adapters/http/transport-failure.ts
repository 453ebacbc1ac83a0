import type { TransportError } from '../../model/send-result.ts';

/** The reason why there is no response. The URL's owner reads the detail, so it contains no address and no internals. */
export interface TransportFailure {
  readonly error: TransportError;
  readonly detail: string;
}

/** A failure that the guard decides and that travels through a socket's error event. */
export class TransportFailureError extends Error implements TransportFailure {
  readonly error: TransportError;
  readonly detail: string;

  constructor(error: TransportError, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'TransportFailureError';
    this.error = error;
    this.detail = detail;
  }
}

export const NO_LENGTH = 'the content-length of the response is not a length';
export const TWO_FRAMINGS = 'the response has both content-length and transfer-encoding';
const BAD_CHUNK = 'a chunk of the response is malformed';
export const TOO_LARGE_HEAD = 'the response headers exceed 16 KB';

const CLOSED_EARLY = 'the server closed the connection before it had answered';

/** Failures by error code: system errors, llhttp's HPE_… and node's ERR_…; see "Errors" in the node documentation. */
const FAILURES: Readonly<Record<string, TransportFailure>> = {
  ECONNREFUSED: { error: 'connection', detail: 'the server refused the connection' },
  ECONNRESET: { error: 'connection', detail: CLOSED_EARLY },
  EPIPE: { error: 'connection', detail: CLOSED_EARLY },
  EHOSTUNREACH: { error: 'connection', detail: 'there is no route to the server' },
  ENETUNREACH: { error: 'connection', detail: 'there is no route to the server' },
  ETIMEDOUT: { error: 'timeout', detail: 'the server did not accept a connection' },
  HPE_INVALID_CHUNK_SIZE: { error: 'connection', detail: BAD_CHUNK },
  HPE_STRICT: { error: 'connection', detail: BAD_CHUNK },
  HPE_INVALID_CONTENT_LENGTH: { error: 'connection', detail: NO_LENGTH },
  HPE_UNEXPECTED_CONTENT_LENGTH: { error: 'connection', detail: TWO_FRAMINGS },
  HPE_INVALID_TRANSFER_ENCODING: {
    error: 'connection',
    detail: 'the response has a transfer-encoding that is not valid',
  },
  HPE_HEADER_OVERFLOW: { error: 'connection', detail: TOO_LARGE_HEAD },
  ERR_INVALID_CHAR: {
    error: 'connection',
    detail: 'a request header holds a character that HTTP does not allow',
  },
  ERR_INVALID_HTTP_TOKEN: {
    error: 'connection',
    detail: 'a request header has a name that HTTP does not allow',
  },
  EPROTO: { error: 'tls', detail: 'the server does not speak TLS as it should' },
  ERR_SSL_WRONG_VERSION_NUMBER: { error: 'tls', detail: 'the server does not speak TLS on this port' },
  ERR_TLS_CERT_ALTNAME_INVALID: { error: 'tls', detail: "the server's certificate is for another host name" },
  CERT_HAS_EXPIRED: { error: 'tls', detail: "the server's certificate has expired" },
  CERT_NOT_YET_VALID: { error: 'tls', detail: "the server's certificate is not valid yet" },
  DEPTH_ZERO_SELF_SIGNED_CERT: { error: 'tls', detail: "the server's certificate is self-signed" },
  SELF_SIGNED_CERT_IN_CHAIN: {
    error: 'tls',
    detail: "the server's certificate chain ends in an unknown root",
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    error: 'tls',
    detail: "the issuer of the server's certificate is unknown",
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { error: 'tls', detail: "the server's certificate chain is incomplete" },
};

/** OpenSSL's other handshake and verification codes ("X509 certificate error codes" in node's tls documentation). */
const TLS_CODE =
  /^(?:ERR_(?:SSL|TLS|OSSL)_|CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|INVALID_|PATH_LENGTH_|HOSTNAME_)/;

/** Classify an error of node:http. */
export function transportFailure(cause: unknown): TransportFailure {
  if (cause instanceof TransportFailureError) return { error: cause.error, detail: cause.detail };
  const code = codeOf(cause);
  const known = FAILURES[code];
  if (known !== undefined) return known;
  if (TLS_CODE.test(code)) return { error: 'tls', detail: `the TLS handshake failed (${code})` };
  if (code.startsWith('HPE_'))
    return { error: 'connection', detail: `the response is not valid HTTP (${code})` };
  return { error: 'connection', detail: `the connection failed (${code})` };
}

/** Return why a response did not end, by the error of node:http that came in its body. */
export function brokenOff(cause: unknown): string {
  return isReset(cause)
    ? 'the server reset the connection in the middle of its response'
    : transportFailure(cause).detail;
}

/** Return whether the peer closed the connection, as a server does with idle ones. */
export function isReset(cause: unknown): boolean {
  const code = codeOf(cause);
  return code === 'ECONNRESET' || code === 'EPIPE';
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown';
}
