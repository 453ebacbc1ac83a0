import { readFileSync } from 'node:fs';
import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { CASES } from '../responses/cases.ts';
import { ancrage } from '../responses/clients.ts';
import { serveCase } from '../responses/server.ts';

const rows = readFileSync('docs/responses.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.slice(2, -2).split(' | '));
const documented = new Map(rows.map((cells) => [cells[0], cells.at(-1)]));

const cases = Object.values(CASES).flat();
const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
  keyType: 'ec',
  algorithm: 'sha256',
  extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
});

describe('the table of responses', () => {
  it('has at least 60, each with a name of its own', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThanOrEqual(60);
  });

  it.each(cases)('says what becomes of it, over TCP and TLS: $name', async (each) => {
    for (const certificate of [undefined, { key, cert }]) {
      const server = await serveCase(each, certificate);
      expect(await ancrage(server.url, certificate?.cert)).toBe(documented.get(each.name));
      server.stop();
    }
  });
});
