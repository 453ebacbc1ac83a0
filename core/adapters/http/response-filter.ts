import type { Socket } from 'node:net';
import { ChunkSizes, isChunked } from './chunk-sizes.ts';
import { NO_STATUS_LINE, readHead } from './response-head.ts';
import { TOO_LARGE_HEAD, TransportFailureError } from './transport-failure.ts';

/** Node's default limit for the head of a response, which its parser has, too. */
export const MAX_HEAD_BYTES = 16 * 1024;

const HEAD_END = /\n\r{0,2}\n/g;
const PROTOCOL = 'HTTP/';

const filters = new WeakMap<Socket, ResponseFilter>();

/**
 * Stands between a connection and node's parser, and hands it the heads of responses as it wants them ({@link readHead}), and
 * the sizes of chunks ({@link ChunkSizes}). Node's own lenient parser would accept less than clients should, and more than is
 * safe.
 *
 * A connection is used again only after a response that leaves no doubt where it ended. Node itself closes one on which more
 * comes after a response, be it idle.
 */
export class ResponseFilter {
  readonly #socket: Socket;
  readonly #push: Socket['push'];
  /** `nothing`: a head was refused. */
  #expects: 'head' | 'rest' | 'nothing' = 'rest';
  #isReused = false;
  #endsConnection = false;
  #isHeadCut = false;
  /** Reads the sizes of a body in chunks; null for any other body. */
  #sizes: ChunkSizes | null = null;
  /** The part of a head that has arrived. */
  #held: Buffer = Buffer.alloc(0);

  /** Filter what a connection reads. Each byte passes through the `push` of its socket, decrypted. */
  static install(socket: Socket): void {
    const filter = new ResponseFilter(socket);
    filters.set(socket, filter);
    socket.push = (chunk: Buffer | null) => filter.#take(chunk);
  }

  static of(socket: Socket): ResponseFilter {
    const filter = filters.get(socket);
    if (filter === undefined) throw new Error('The agent of this connection installs no filter.');
    return filter;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#push = socket.push.bind(socket);
  }

  /** Whether the connection may be used again after the response. */
  get endsConnection(): boolean {
    return this.#endsConnection || this.#sizes?.isPadded === true;
  }

  /** Whether the connection ended within the head, after its status line. */
  get isHeadCut(): boolean {
    return this.#isHeadCut;
  }

  /** Expect the response to a request. */
  begin(isReused: boolean): void {
    this.#expects = 'head';
    this.#sizes = null;
    this.#isReused = isReused;
  }

  #take(chunk: Buffer | null): boolean {
    if (this.#expects === 'rest') return this.#pushRest(chunk);
    if (this.#expects === 'nothing') return false;
    try {
      if (chunk === null) return this.#takeEnd();
      this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
      return this.#takeHeads();
    } catch (error) {
      this.#expects = 'nothing';
      this.#socket.destroy(error as Error);
      return false;
    }
  }

  /** Pass on what has come of a head: its status line is enough. Servers on small boards forget the empty line. */
  #takeEnd(): boolean {
    const hasBegun = this.#skip();
    const lines = this.#text().slice(0, this.#text().lastIndexOf('\n') + 1);
    if (hasBegun && lines !== '') {
      const head = readHead(`${lines}\r\n`);
      this.#expects = 'rest';
      this.#isHeadCut = true;
      this.#endsConnection = true;
      this.#push(Buffer.from(head.text, 'latin1'));
    }
    return this.#push(null);
  }

  /** Pass on the heads that are complete, and what follows the last one. */
  #takeHeads(): boolean {
    while (this.#expects === 'head' && !this.#socket.destroyed) {
      const length = this.#headLength();
      if (length === null) return true;
      const head = readHead(this.#held.toString('latin1', 0, length));
      this.#held = this.#held.subarray(length);
      if (!head.isInformational) {
        this.#expects = 'rest';
        if (isChunked(head.text)) this.#sizes = new ChunkSizes();
      }
      this.#endsConnection ||= head.endsConnection;
      this.#push(Buffer.from(head.text, 'latin1'));
    }
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    return rest.length === 0 || this.#pushRest(rest);
  }

  #pushRest(chunk: Buffer | null): boolean {
    if (chunk === null || this.#sizes === null) return this.#push(chunk);
    const cleaned = this.#sizes.cleaned(chunk);
    return cleaned.length === 0 || this.#push(cleaned);
  }

  /** Return the length of the head that was received, null if it is incomplete. */
  #headLength(): number | null {
    const hasBegun = this.#skip();
    HEAD_END.lastIndex = 0;
    if (hasBegun && HEAD_END.test(this.#text())) return HEAD_END.lastIndex;
    if (this.#held.length >= MAX_HEAD_BYTES) throw new TransportFailureError('connection', TOO_LARGE_HEAD);
    return null;
  }

  /**
   * Skip what stands before the status line, and return whether that has begun. On a connection that is used again it may be the
   * end of the response before, which came late and may be discarded (RFC 9112, 6.3). To send the request again instead would
   * deliver it twice.
   */
  #skip(): boolean {
    const text = this.#text();
    const blank = /^[\r\n]*/.exec(text)?.[0].length ?? 0;
    const begins = text.indexOf(PROTOCOL);
    if (begins > blank && this.#isReused) this.#endsConnection = true;
    else if (begins !== blank) {
      const isStart = PROTOCOL.startsWith(text.slice(blank, blank + PROTOCOL.length));
      if (isStart || this.#isReused) return false;
      throw new TransportFailureError('connection', NO_STATUS_LINE);
    }
    this.#held = this.#held.subarray(begins);
    return true;
  }

  #text(): string {
    return this.#held.toString('latin1', 0, MAX_HEAD_BYTES);
  }
}
