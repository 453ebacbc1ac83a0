import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import ipaddr from 'ipaddr.js';
import { afterAll, beforeAll } from 'vitest';

const TYPES = { A: 1, CNAME: 5, AAAA: 28 } as const;
const CODES = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3 } as const;
type Type = keyof typeof TYPES;

export interface DnsRecord {
  readonly type: Type;
  /** An address, or a CNAME's target. */
  readonly data: string;
  /** @default 300 */
  readonly ttlSeconds?: number;
  /** @default the name that was asked for */
  readonly name?: string;
}

/** What the server does about a question. */
type Reply = 'silence' | keyof typeof CODES | readonly DnsRecord[];

interface Question {
  readonly name: string;
  readonly type: Type;
}

export interface NameServer {
  /** Address and port. */
  readonly address: string;
  /** Every question so far, in order. */
  readonly questions: readonly Question[];
  /** Set the reply to questions for a name. It is NXDOMAIN for others. */
  set(name: string, reply: (question: Question) => Reply | Promise<Reply>): void;
}

export const a = (data: string, ttlSeconds?: number): DnsRecord => ({
  type: 'A',
  data,
  ...(ttlSeconds !== undefined && { ttlSeconds }),
});

/** Run a name server on this machine during the tests of the file or suite (RFC 1035, 4). */
export function useNameServer(): NameServer {
  const questions: Question[] = [];
  const replies = new Map<string, (question: Question) => Reply | Promise<Reply>>();
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => void respond(query, from));
  beforeAll(async () => {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
  });
  afterAll(() => socket[Symbol.asyncDispose]());

  async function respond(query: Buffer, from: RemoteInfo): Promise<void> {
    const { question, end } = readQuestion(query);
    questions.push(question);
    const reply = (await replies.get(question.name)?.(question)) ?? 'NXDOMAIN';
    if (reply !== 'silence') socket.send(responseTo(query.subarray(0, end), question, reply), from.port);
  }

  return {
    get address() {
      return `127.0.0.1:${socket.address().port}`;
    },
    questions,
    set: (name, reply) => replies.set(name, reply),
  };
}

const HEADER_BYTES = 12;

function readQuestion(query: Buffer): { question: Question; end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const number = query.readUInt16BE(at + 1);
  const type = (Object.keys(TYPES) as Type[]).find((name) => TYPES[name] === number);
  if (type === undefined) throw new Error(`unexpected question of type ${number}`);
  // c-ares may mix the case of a name (DNS 0x20).
  return { question: { name: labels.join('.').toLowerCase(), type }, end: at + 5 };
}

function responseTo(query: Buffer, question: Question, reply: Exclude<Reply, 'silence'>): Buffer {
  const records = typeof reply === 'string' ? [] : reply;
  const header = Buffer.from(query.subarray(0, HEADER_BYTES));
  // A response, recursion desired and available.
  header.writeUInt16BE(0x8180 | CODES[typeof reply === 'string' ? reply : 'NOERROR'], 2);
  header.writeUInt16BE(records.length, 6);
  // No authorities, no additional records.
  header.writeUInt32BE(0, 8);
  return Buffer.concat([
    header,
    query.subarray(HEADER_BYTES),
    ...records.map((each) => recordBytes(each, question)),
  ]);
}

function recordBytes({ type, data, ttlSeconds = 300, name }: DnsRecord, question: Question): Buffer {
  const value = type === 'CNAME' ? nameBytes(data) : Buffer.from(ipaddr.parse(data).toByteArray());
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(TYPES[type], 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(ttlSeconds, 4);
  fixed.writeUInt16BE(value.length, 8);
  return Buffer.concat([nameBytes(name ?? question.name), fixed, value]);
}

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')])),
    Buffer.from([0]),
  ]);
