import zlib from 'node:zlib';

export interface Decoded {
  /** The decoded bytes, somewhat more than was asked for at most; the body as it came if none could be decoded. */
  readonly bytes: Buffer;
  /** Why the body is not decoded, or not all of it. */
  readonly problem: string | null;
}

const { Z_FINISH, Z_SYNC_FLUSH, BROTLI_OPERATION_FINISH, BROTLI_OPERATION_FLUSH } = zlib.constants;
/** Real servers apply one, their proxies another. */
const MAX_CODINGS = 3;

/**
 * Decode the beginning of a body, up to somewhat more than `length` bytes: a kilobyte may hold many gigabytes.
 *
 * @param isWhole whether the body should end where it does; otherwise it is decoded as far as it goes
 * @param coding the value of `content-encoding`: codings in the order in which they were applied
 */
export async function decodeBody(
  { bytes: body, isWhole }: { readonly bytes: Buffer; readonly isWhole: boolean },
  coding: string,
  length: number,
): Promise<Decoded> {
  const codings = coding
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'identity');
  if (codings.length > MAX_CODINGS) return { bytes: body, problem: 'the body has too many codings' };
  if (body.length === 0) return { bytes: body, problem: null };
  let bytes = body;
  for (const each of codings.reverse()) {
    const decoder = decoderOf(each, bytes, isWhole && bytes === body);
    if (decoder === null) return { bytes: body, problem: 'the coding of the body is not known' };
    const { output, isDamaged } = await run(decoder, bytes, length);
    if (isDamaged && output.length === 0)
      return { bytes: body, problem: `the body is not ${each}, as its header says` };
    if (isDamaged) return { bytes: output, problem: `the ${each} body is damaged` };
    bytes = output;
  }
  return { bytes, problem: null };
}

function decoderOf(
  coding: string,
  body: Buffer,
  isWhole: boolean,
): zlib.Gunzip | zlib.BrotliDecompress | null {
  const options = { chunkSize: 1024, finishFlush: isWhole ? Z_FINISH : Z_SYNC_FLUSH };
  if (coding === 'gzip' || coding === 'x-gzip') return zlib.createGunzip(options);
  if (coding === 'br') {
    const finishFlush = isWhole ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_FLUSH;
    return zlib.createBrotliDecompress({ ...options, finishFlush });
  }
  if (coding !== 'deflate') return null;
  // Some servers send the data without the zlib format around it (RFC 9110, 8.4.1.2).
  return isZlib(body) ? zlib.createInflate(options) : zlib.createInflateRaw(options);
}

/** Its first two bytes are a multiple of 31 and name the method, 8 (RFC 1950, 2.2). */
const isZlib = (body: Buffer): boolean =>
  body.length >= 2 && body.readUInt16BE(0) % 31 === 0 && ((body[0] ?? 0) & 0x0f) === 8;

function run(decoder: zlib.Gunzip | zlib.BrotliDecompress, body: Buffer, length: number) {
  const parts: Buffer[] = [];
  let size = 0;
  return new Promise<{ output: Buffer; isDamaged: boolean }>((resolve) => {
    const end = (isDamaged: boolean) => resolve({ output: Buffer.concat(parts), isDamaged });
    decoder.on('data', (part: Buffer) => {
      parts.push(part);
      size += part.length;
      if (size <= length) return;
      end(false);
      decoder.destroy();
    });
    decoder.on('end', () => end(false));
    decoder.on('error', () => end(true));
    decoder.end(body);
  });
}
