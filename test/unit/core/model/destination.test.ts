import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PUBLIC_DESTINATIONS } from '../../../../core/contract.ts';
import { refusedUrl } from '../../../../core/model/destination.ts';

const PUBLIC = PUBLIC_DESTINATIONS;
const HTTP = { ...PUBLIC_DESTINATIONS, allowHttp: true };
const LOCAL = { ...PUBLIC_DESTINATIONS, allowHttp: true, allowLoopback: true };

const LOOPBACK = 'is not a public address (loopback)';
const LOCALHOST = 'is not a public host (localhost)';
const SINGLE_LABEL = 'is not a public host (a name without a dot)';
const PRIVATE_NAME = 'is not a public host (a name for private networks)';
const INVALID = 'is not a valid URL';
const CONTROL = 'contains a control character or surrounding white space';
const CREDENTIALS = 'must not contain a user name or password';

const ALLOWED = [
  'https://example.com',
  'https://example.com/hook?a=b#fragment',
  'https://EXAMPLE.com:443/',
  'https://example.com:8443/',
  'https://example.com:1024/',
  'https://example.com:65535/',
  'https://example.com./',
  'https://93.184.216.34/hook',
  'https://[2606:4700::1111]/hook',
  'https://bücher.example/',
  'https://xn--bcher-kva.example/',
  'https://example.com/a b',
  'https://example.com/%0a%0d',
  'https://example.com/http://127.0.0.1/',
  'https://example.com/?url=http://169.254.169.254/',
  'https://example.com\\@127.0.0.1/', // WHATWG: the backslash ends the host, for the sender too
  'https://localhost.example.com/',
  'https://internal.example.com/',
  'https://local.example/',
  'https://www.notlocal/',
  'https://www.notlocalhost/',
  'https://127.0.0.1.nip.io/', // judged by the address that it resolves to
];

const REFUSED: [url: string, reason: string][] = [
  // Loopback in disguise
  ['https://127.0.0.1/', LOOPBACK],
  ['https://127.1/', LOOPBACK],
  ['https://127.0.1/', LOOPBACK],
  ['https://127.255.255.254:8443/', LOOPBACK],
  ['https://2130706433/', LOOPBACK],
  ['https://0x7f000001/', LOOPBACK],
  ['https://0x7F.0x0.0x0.0x1/', LOOPBACK],
  ['https://0x7f.1/', LOOPBACK],
  ['https://017700000001/', LOOPBACK],
  ['https://0177.0.0.1/', LOOPBACK],
  ['https://0177.0.0.0x1/', LOOPBACK],
  ['https://00000177.1/', LOOPBACK],
  ['https://127.0.0.1./', LOOPBACK],
  ['https://１２７.０.０.１/', LOOPBACK],
  ['https://①②⑦.⓪.⓪.①/', LOOPBACK],
  ['https://127。0。0。1/', LOOPBACK],
  ['https://127%2e0%2e0%2e1/', LOOPBACK],
  ['https://%31%32%37.0.0.1/', LOOPBACK],
  ['https://[::1]/', LOOPBACK],
  ['https://[0:0:0:0:0:0:0:1]/', LOOPBACK],
  ['https://[0000::0001]:8443/', LOOPBACK],
  ['https:127.0.0.1', LOOPBACK],
  ['https:/127.0.0.1', LOOPBACK],
  ['https:///127.0.0.1', LOOPBACK],
  ['https:\\\\127.0.0.1\\', LOOPBACK],
  ['https://127.0.0.1#@example.com/', LOOPBACK],
  ['https://127.0.0.1?@example.com/', LOOPBACK],
  ['https://127.0.0.1\\@example.com/', LOOPBACK],
  // IPv6 that embeds IPv4
  ['https://[::ffff:127.0.0.1]/', 'is not a public address (IPv4-mapped)'],
  ['https://[::ffff:7f00:1]/', 'is not a public address (IPv4-mapped)'],
  ['https://[0:0:0:0:0:FFFF:169.254.169.254]/', 'is not a public address (IPv4-mapped)'],
  ['https://[::ffff:8.8.8.8]/', 'is not a public address (IPv4-mapped)'],
  ['https://[::127.0.0.1]/', 'is not a public address (IPv4-compatible)'],
  ['https://[64:ff9b::127.0.0.1]/', 'is not a public address (NAT64)'],
  ['https://[64:ff9b:1::a00:1]/', 'is not a public address (NAT64)'],
  ['https://[2002:7f00:1::1]/', 'is not a public address (6to4)'],
  ['https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/', 'is not a public address (Teredo)'],
  // Other ranges
  ['https://0/', 'is not a public address (unspecified)'],
  ['https://0.0.0.0/', 'is not a public address (unspecified)'],
  ['https://[::]/', 'is not a public address (unspecified)'],
  ['https://10.0.0.1/', 'is not a public address (private)'],
  ['https://012.0.0.1/', 'is not a public address (private)'],
  ['https://192.168.1.1/', 'is not a public address (private)'],
  ['https://3232235777/', 'is not a public address (private)'],
  ['https://172.16.0.1/', 'is not a public address (private)'],
  ['https://169.254.169.254/latest/meta-data/', 'is not a public address (link-local)'],
  ['https://0xa9fea9fe/', 'is not a public address (link-local)'],
  ['https://169.254.43518/', 'is not a public address (link-local)'],
  ['https://100.100.100.200/', 'is not a public address (carrier-grade NAT)'],
  ['https://224.0.0.1/', 'is not a public address (multicast)'],
  ['https://255.255.255.255/', 'is not a public address (broadcast)'],
  ['https://4294967295/', 'is not a public address (broadcast)'],
  ['https://[fd00:ec2::254]/', 'is not a public address (unique local)'],
  ['https://[fe80::1]/', 'is not a public address (link-local)'],
  ['https://[ff02::1]/', 'is not a public address (multicast)'],
  ['https://[2001:db8::1]/', 'is not a public address (documentation)'],
  // Names
  ['https://localhost/', LOCALHOST],
  ['https://LOCALHOST:8443/', LOCALHOST],
  ['https://localhost./', LOCALHOST],
  ['https://api.localhost/', LOCALHOST],
  ['https://api.localhost./', LOCALHOST],
  ['https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/', LOCALHOST],
  ['https://loc\u00adalhost/', LOCALHOST],
  ['https://loc%61lhost/', LOCALHOST],
  ['https://intranet/', SINGLE_LABEL],
  ['https://intranet./', SINGLE_LABEL],
  ['https://local/', SINGLE_LABEL],
  ['https://printer.local/', PRIVATE_NAME],
  ['https://printer.local./', PRIVATE_NAME],
  ['https://ip-10-0-0-1.ec2.internal/', PRIVATE_NAME],
  ['https://metadata.google.internal/', PRIVATE_NAME],
  ['https://router.home.arpa/', PRIVATE_NAME],
  ['https://home.arpa/', PRIVATE_NAME],
  ['https://localhost../', 'has a host name with an empty label'],
  ['https://127.0.0.1../', 'has a host name with an empty label'],
  ['https://.example.com/', 'has a host name with an empty label'],
  // Credentials
  ['https://user@example.com/', CREDENTIALS],
  ['https://user:secret@example.com/', CREDENTIALS],
  ['https://:secret@example.com/', CREDENTIALS],
  ['https://example.com@127.0.0.1/', CREDENTIALS],
  ['https://example.com%00@127.0.0.1/', CREDENTIALS],
  ['https://example.com:443@127.0.0.1:443/', CREDENTIALS],
  // Schemes
  ['http://example.com/', 'must use https'],
  ['HTTP://example.com/', 'must use https'],
  ['ftp://example.com/', 'must use https'],
  ['file:///etc/passwd', 'must use https'],
  ['javascript:alert(1)', 'must use https'],
  ['data:text/plain,hello', 'must use https'],
  ['gopher://127.0.0.1/', 'must use https'],
  ['blob:https://example.com/0', 'must use https'],
  // Ports
  ['https://example.com:80/', 'must use port 443 or 1024-65535, not 80'],
  ['https://example.com:22/', 'must use port 443 or 1024-65535, not 22'],
  ['https://example.com:25/', 'must use port 443 or 1024-65535, not 25'],
  ['https://example.com:1023/', 'must use port 443 or 1024-65535, not 1023'],
  ['https://example.com:0/', 'must use port 443 or 1024-65535, not 0'],
  ['https://example.com:00022/', 'must use port 443 or 1024-65535, not 22'],
  ['https://example.com:65536/', INVALID],
  ['https://example.com:-1/', INVALID],
  // URLs that parsers disagree about
  ['https://exam\nple.com/', CONTROL],
  ['https://127.0.\t0.1/', CONTROL],
  ['ht\ntps://example.com/', CONTROL],
  ['https://example.com/a\r\nHost: other', CONTROL],
  ['https://example.com/\u0000', CONTROL],
  [' https://example.com/', CONTROL],
  ['https://example.com/ ', CONTROL],
  ['https://example.com\u0000.evil.example/', CONTROL],
  ['https://exa mple.com/', INVALID],
  ['https://example.com%00/', INVALID],
  ['https://example.com%2f@127.0.0.1/', CREDENTIALS],
  ['https://[::1%25lo]/', INVALID],
  ['https://[::1/', INVALID],
  ['https://[127.0.0.1]/', INVALID],
  ['https://::1/', INVALID],
  ['https://256.256.256.256/', INVALID],
  ['https://1.2.3.4.5/', INVALID],
  ['https://example.1/', INVALID],
  ['https://', INVALID],
  ['https://?', INVALID],
  ['//example.com/', INVALID],
  ['/hook', INVALID],
  ['example.com', INVALID],
  ['', INVALID],
];

describe('refusedUrl', () => {
  it.each(ALLOWED)('allows %s', (url) => {
    expect(refusedUrl(url, PUBLIC)).toBeNull();
  });

  it.each(REFUSED)('refuses %j, which %s', (url, reason) => {
    expect(refusedUrl(url, PUBLIC)).toBe(reason);
  });

  it('refuses a URL of more than 2048 characters', () => {
    const longest = `https://example.com/${'a'.repeat(2028)}`;
    expect(refusedUrl(longest, PUBLIC)).toBeNull();
    expect(refusedUrl(`${longest}a`, PUBLIC)).toBe('is longer than 2048 characters');
  });

  it('allows plain http and its port if the policy does, but nothing else', () => {
    expect(refusedUrl('http://example.com/', HTTP)).toBeNull();
    expect(refusedUrl('http://example.com:8080/', HTTP)).toBeNull();
    expect(refusedUrl('https://example.com:80/', HTTP)).toBeNull();
    expect(refusedUrl('http://example.com:443/', HTTP)).toBeNull();
    expect(refusedUrl('http://example.com:81/', HTTP)).toMatch(/^must use port/);
    // The default port is that of the scheme.
    expect(refusedUrl('http://example.com/', { ...HTTP, allowedPorts: [[80, 80]] })).toBeNull();
    expect(refusedUrl('ftp://example.com/', HTTP)).toBe('must use https or http');
    expect(refusedUrl('http://127.0.0.1/', HTTP)).toBe(LOOPBACK);
    expect(refusedUrl('http://localhost/', HTTP)).toBe(LOCALHOST);
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.0.0.1:81/',
    'http://127.0.0.1:1/',
    'http://[::1]:81/',
    'http://localhost:81/',
    'http://localhost.:81/',
    'http://api.localhost:81/',
    'https://localhost:22/',
    'http://0x7f.1:9000/',
  ])('allows %s if the policy allows loopback', (url) => {
    expect(refusedUrl(url, LOCAL)).toBeNull();
  });

  it.each([
    'http://127.0.0.1:0/',
    'http://localhost:0/',
    'http://example.com:81/',
    'http://93.184.216.34:81/',
    'http://[::ffff:127.0.0.1]:81/',
    'http://10.0.0.1:8080/',
    'http://169.254.169.254/',
    'http://0.0.0.0:8080/',
    'http://[::]:8080/',
    'http://[::ffff:10.0.0.1]:8080/',
    'http://intranet:8080/',
    'http://printer.local:8080/',
    'http://user@localhost/',
  ])('refuses %s even if the policy allows loopback', (url) => {
    expect(refusedUrl(url, LOCAL)).not.toBeNull();
  });

  it('refuses loopback in any spelling of its number', () => {
    const spelling = fc.tuple(
      fc.integer({ min: 0x7f000000, max: 0x7fffffff }),
      fc.constantFrom(10, 8, 16),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('', '.'),
    );
    fc.assert(
      fc.property(spelling, ([address, radix, parts, dot]) => {
        expect(refusedUrl(`https://${spell(address, radix, parts)}${dot}/`, PUBLIC)).toBe(LOOPBACK);
      }),
      { numRuns: 2000 },
    );
  });

  it('allows, of any text, only https URLs with a host name or a public address', () => {
    const near = fc.constantFrom(
      'https://',
      '127.0.0.1',
      '@',
      ':',
      '/',
      '[::1]',
      '\\',
      '.',
      '%',
      'localhost',
      '#',
      '?',
    );
    const text = fc
      .array(fc.oneof(near, fc.string({ maxLength: 6 })), { maxLength: 8 })
      .map((part) => part.join(''));
    fc.assert(
      fc.property(text, (url) => {
        if (refusedUrl(url, PUBLIC) !== null) return;
        const { protocol, hostname, username, password } = new URL(url);
        expect([protocol, username, password]).toEqual(['https:', '', '']);
        expect(hostname).not.toMatch(/^(?:127\.\d+\.\d+\.\d+|\[.*|(?:.*\.)?localhost\.?|[^.]*\.?)$/);
      }),
      { numRuns: 5000 },
    );
  });
});

/** Spell an address as inet_aton accepts it: 1 to 4 parts, the last of which fills the remaining bytes. */
function spell(address: number, radix: number, parts: number): string {
  const prefix = radix === 16 ? '0x' : radix === 8 ? '0' : '';
  const leading = Array.from({ length: parts - 1 }, (_, i) => (address >>> (24 - 8 * i)) & 255);
  const last = address % 2 ** (8 * (5 - parts));
  return [...leading, last].map((part) => prefix + part.toString(radix)).join('.');
}
