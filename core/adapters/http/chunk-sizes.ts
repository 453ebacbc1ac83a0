const [TAB, LF, CR, SPACE, SEMICOLON, DELETE] = [0x09, 0x0a, 0x0d, 0x20, 0x3b, 0x7f];
/** Beyond that, sizes are no longer exact numbers. */
const MAX_SIZE = 2 ** 48;
/** Node's own limit for the extensions of a response. */
const MAX_EXTENSION_BYTES = 16 * 1024;

type Verdict = 'keep' | 'drop' | 'refuse';

/** Return whether a head says that the body is in chunks, and nothing else. */
export function isChunked(head: string): boolean {
  const encodings = head.match(/\ntransfer-encoding:[^\r]*/gi) ?? [];
  return encodings.length === 1 && /:[ \t]*chunked[ \t]*$/i.test(encodings[0] ?? '');
}

/**
 * Drops what stands between a chunk's size and the end of its line: spaces, with which some servers pad, and extensions, in
 * which white space is allowed (RFC 9112, 7.1.1). Node's parser accepts neither. Anything else stays, for the parser to refuse.
 */
export class ChunkSizes {
  #expects: 'size' | 'padding' | 'extension' | 'line feed' | 'data' | 'nothing' = 'size';
  #size = 0;
  #hasDigits = false;
  /** The bytes of a chunk that are to come, with the line end after them. */
  #left = 0;
  #extensionBytes = 0;
  #isPadded = false;

  /** Whether a size was padded, which only extensions may follow. */
  get isPadded(): boolean {
    return this.#isPadded;
  }

  /** Return the bytes of a body as the parser is to read them. */
  cleaned(bytes: Buffer): Buffer {
    const kept = Buffer.allocUnsafe(bytes.length);
    let length = 0;
    for (let at = 0; at < bytes.length; ) {
      const whole = this.#expects === 'nothing' ? bytes.length - at : Math.min(this.#left, bytes.length - at);
      if (whole > 0) {
        length += bytes.copy(kept, length, at, at + whole);
        at += whole;
        this.#skip(whole);
        continue;
      }
      const byte = bytes[at++] ?? 0;
      const verdict = this.#take(byte);
      // After what was dropped, the byte itself might pass for a digit.
      if (verdict !== 'drop') kept[length++] = verdict === 'keep' ? byte : SPACE;
    }
    return kept.subarray(0, length);
  }

  #skip(count: number): void {
    if (this.#expects !== 'data') return;
    this.#left -= count;
    if (this.#left > 0) return;
    this.#expects = 'size';
    this.#size = 0;
    this.#hasDigits = false;
  }

  #take(byte: number): Verdict {
    if (this.#expects === 'line feed') return this.#takeLineFeed(byte);
    const digit = this.#expects === 'size' ? Number.parseInt(String.fromCharCode(byte), 16) : Number.NaN;
    if (!Number.isNaN(digit)) {
      this.#hasDigits = true;
      this.#size = this.#size * 16 + digit;
      return this.#size > MAX_SIZE ? this.#giveUp('keep') : 'keep';
    }
    if (!this.#hasDigits) return this.#giveUp('keep');
    if (byte === CR) {
      this.#isPadded ||= this.#expects === 'padding';
      this.#expects = 'line feed';
      return 'keep';
    }
    if (this.#expects === 'extension') return this.#takeExtension(byte);
    if (byte === SEMICOLON) this.#expects = 'extension';
    else if (byte === SPACE || byte === TAB) this.#expects = 'padding';
    else return this.#giveUp(this.#expects === 'size' ? 'keep' : 'refuse');
    return 'drop';
  }

  #takeExtension(byte: number): Verdict {
    this.#extensionBytes += 1;
    const isControl = (byte < SPACE && byte !== TAB) || byte === DELETE;
    return isControl || this.#extensionBytes > MAX_EXTENSION_BYTES ? this.#giveUp('refuse') : 'drop';
  }

  #takeLineFeed(byte: number): Verdict {
    // Trailers follow the last chunk.
    if (byte !== LF || this.#size === 0) return this.#giveUp('keep');
    this.#expects = 'data';
    this.#left = this.#size + 2;
    return 'keep';
  }

  #giveUp(verdict: Verdict): Verdict {
    this.#expects = 'nothing';
    return verdict;
  }
}
