import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PUBLIC_DESTINATIONS } from '../../../../core/contract.ts';
import { refusedAddress } from '../../../../core/model/address-guard.ts';

const PUBLIC = PUBLIC_DESTINATIONS;
const LOCAL = { ...PUBLIC_DESTINATIONS, allowHttp: true, allowLoopback: true };

const REFUSED: [address: string, rule: string][] = [
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['10.0.0.1', 'private'],
  ['10.255.255.255', 'private'],
  ['100.64.0.1', 'carrier-grade NAT'],
  ['100.127.255.255', 'carrier-grade NAT'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['169.254.169.254', 'link-local'], // instance metadata
  ['169.254.170.2', 'link-local'], // container credentials
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.0.0.8', 'IETF protocol assignments'],
  ['192.0.0.255', 'IETF protocol assignments'],
  ['192.0.2.1', 'documentation'],
  ['192.0.2.255', 'documentation'],
  ['192.31.196.1', 'AS112'],
  ['192.52.193.1', 'AMT relay'],
  ['192.88.99.1', '6to4 relay'],
  ['192.88.99.255', '6to4 relay'],
  ['192.168.0.1', 'private'],
  ['192.175.48.1', 'AS112'],
  ['198.18.0.1', 'benchmarking'],
  ['198.19.255.255', 'benchmarking'],
  ['198.51.100.1', 'documentation'],
  ['198.51.100.255', 'documentation'],
  ['203.0.113.1', 'documentation'],
  ['203.0.113.255', 'documentation'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.255', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['0:0:0:0:0:0:0:1', 'loopback'],
  ['::2', 'IPv4-compatible'],
  ['::127.0.0.1', 'IPv4-compatible'],
  ['::8.8.8.8', 'IPv4-compatible'],
  ['::7f00:1', 'IPv4-compatible'],
  ['::ffff:ffff', 'IPv4-compatible'],
  ['::1:0:0', 'reserved'],
  ['::ffff:127.0.0.1', 'IPv4-mapped'],
  ['::ffff:7f00:1', 'IPv4-mapped'],
  ['::ffff:8.8.8.8', 'IPv4-mapped'],
  ['0:0:0:0:0:ffff:a00:1', 'IPv4-mapped'],
  ['::ffff:0:7f00:1', 'IPv4-translated'],
  ['64:ff9b::7f00:1', 'NAT64'],
  ['64:ff9b::10.0.0.1', 'NAT64'],
  ['64:ff9b::808:808', 'NAT64'],
  ['64:ff9b:1::1', 'NAT64'],
  ['100::1', 'discard'],
  ['100:0:0:1::1', 'reserved'], // the dummy prefix, RFC 9780
  ['1::1', 'reserved'],
  ['2001::1', 'Teredo'],
  ['2001:1::1', 'reserved'],
  ['2001:2::1', 'benchmarking'],
  ['2001:3::1', 'AMT relay'],
  ['2001:4:112::1', 'AS112'],
  ['2001:10::1', 'ORCHID'],
  ['2001:20::1', 'ORCHID'],
  ['2001:30::1', 'drone remote id'],
  ['2001:1ff:ffff::1', 'reserved'],
  ['2001:db8::1', 'documentation'],
  ['2001:db8:ffff::1', 'documentation'],
  ['2002:7f00:1::', '6to4'],
  ['2620:4f:8000::1', 'AS112'],
  ['3fff:fff::1', 'documentation'],
  ['4000::1', 'reserved'],
  ['5f00::1', 'SRv6 segment'],
  ['fc00::1', 'unique local'],
  ['fd00:ec2::254', 'unique local'], // instance metadata over IPv6
  ['fe80::1', 'link-local'],
  ['febf::1', 'link-local'],
  ['fe80::1%eth0', 'zone identifier'],
  ['2606:4700::1111%1', 'zone identifier'],
  ['::8.8.8.8%1', 'zone identifier'],
  ['fec0::1', 'site-local'],
  ['ff02::1', 'multicast'],
];

const ALLOWED = [
  '1.1.1.1',
  '8.8.8.8',
  '93.184.216.34',
  '99.255.255.255',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.167.255.255',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2001:200::1',
  '2003::1',
  '2606:4700::1111',
  '2a05:d018::1',
  '3ffe:ffff::1',
  '3fff:1000::1',
];

/** Spellings that other parsers accept as an address, but that node never passes on. */
const NOT_LITERALS = [
  '',
  '127.1',
  '0177.0.0.1',
  '0x7f.0.0.1',
  '2130706433',
  '127.0.0.1.',
  ' 127.0.0.1',
  '127.0.0.1\n',
  '256.1.1.1',
  '1.2.3.4.5',
  '[::1]',
  ':::1',
  '1:2:3',
  '12345::',
  '::127.0.0.256',
  'localhost',
];

describe('refusedAddress', () => {
  it.each(REFUSED)('refuses %s as %s', (address, rule) => {
    expect(refusedAddress(address, PUBLIC)).toBe(rule);
  });

  it.each(ALLOWED)('allows %s', (address) => {
    expect(refusedAddress(address, PUBLIC)).toBeNull();
  });

  it.each(NOT_LITERALS)('refuses %j, which is not an address literal, under any policy', (text) => {
    expect(refusedAddress(text, PUBLIC)).not.toBeNull();
    expect(refusedAddress(text, LOCAL)).not.toBeNull();
  });

  it('names the reason for text that is not an address', () => {
    expect(refusedAddress('localhost', PUBLIC)).toBe('not an IP address');
  });

  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8'])(
    'allows %s if loopback is allowed',
    (address) => {
      expect(refusedAddress(address, LOCAL)).toBeNull();
    },
  );

  it('refuses everything else even if loopback is allowed', () => {
    const others = REFUSED.map(([address]) => address).filter(
      (address) => !/^(?:127\.|::1$|0:0:0:0:0:0:0:1$|::ffff:(?:127\.|7f00:|8\.))/.test(address),
    );
    expect(others.filter((address) => refusedAddress(address, LOCAL) === null)).toEqual([]);
    expect(others.length).toBeGreaterThan(50);
  });
});

/** The blocks of the IANA special-purpose registries, and those that are not unicast. */
const V4_BLOCKS = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
].map((cidr) => block(cidr, 32));

/** The special blocks within 2000::/3. Everything outside of that is refused. */
const V6_BLOCKS = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'].map((cidr) =>
  block(cidr, 128),
);
const GLOBAL_UNICAST = block('2000::/3', 128);

const anyV4 = fc.bigInt(0n, 2n ** 32n - 1n);
const anyV6 = fc.bigInt(0n, 2n ** 128n - 1n);
const within = (range: Block) => fc.bigInt(range.first, range.last);

describe('refusedAddress for any address', () => {
  it('refuses an IPv4 address if and only if it is in a special block', () => {
    const nearBlocks = fc.oneof(...V4_BLOCKS.map(within), anyV4);
    fc.assert(
      fc.property(nearBlocks, (address) => {
        expect(refusedAddress(v4Text(address), PUBLIC) !== null).toBe(holds(V4_BLOCKS, address));
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses an IPv6 address if and only if it is not global unicast or is in a special block', () => {
    const nearBlocks = fc.oneof(...V6_BLOCKS.map(within), within(GLOBAL_UNICAST), anyV6);
    fc.assert(
      fc.property(nearBlocks, (address) => {
        const special = !holds([GLOBAL_UNICAST], address) || holds(V6_BLOCKS, address);
        expect(refusedAddress(v6Text(address), PUBLIC) !== null).toBe(special);
      }),
      { numRuns: 3000 },
    );
  });

  it('refuses any IPv4 address that an IPv6 address embeds', () => {
    const wraps = ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::'];
    fc.assert(
      fc.property(anyV4, fc.constantFrom(...wraps), (address, wrap) => {
        expect(refusedAddress(wrap + v4Text(address), PUBLIC)).not.toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it('judges an IPv4-mapped address by the embedded address if loopback is allowed', () => {
    fc.assert(
      fc.property(fc.oneof(...V4_BLOCKS.map(within), anyV4), (address) => {
        const carried = v4Text(address);
        expect(refusedAddress(`::ffff:${carried}`, LOCAL)).toBe(refusedAddress(carried, LOCAL));
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses any text that is not an address, without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789abcdef:.%x[]') }), (text) => {
        const plain = /^(?:\d{1,3}\.){3}\d{1,3}$|^[23][0-9a-f]{0,3}:[0-9a-f:.]*$/.test(text);
        if (!plain) expect(refusedAddress(text, PUBLIC)).not.toBeNull();
      }),
      { numRuns: 3000 },
    );
  });
});

interface Block {
  readonly first: bigint;
  readonly last: bigint;
}

function holds(blocks: readonly Block[], address: bigint): boolean {
  return blocks.some(({ first, last }) => address >= first && address <= last);
}

function block(cidr: string, bits: number): Block {
  const [network = '', length = ''] = cidr.split('/');
  const first = bits === 32 ? v4Number(network) : v6Number(network);
  return { first, last: first + 2n ** BigInt(bits - Number(length)) - 1n };
}

function v4Number(text: string): bigint {
  return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

/** Return the number of an address whose only `::` is at its end. */
function v6Number(text: string): bigint {
  const groups = text.replace(/::$/, '').split(':');
  return Array.from({ length: 8 }, (_, i) => BigInt(`0x${groups[i] ?? '0'}`)).reduce(
    (sum, group) => sum * 65536n + group,
    0n,
  );
}

function v4Text(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
}

function v6Text(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => (address >> BigInt(112 - 16 * i)) & 65535n);
  return groups.map((group) => group.toString(16)).join(':');
}

describe('refusedAddress with private receivers', () => {
  const WITH = {
    ...PUBLIC,
    privateReceivers: ['10.20.0.0/16', '192.168.7.9/32', '100.64.8.0/24', 'fd12:3456::/48'],
  };

  it.each([
    '10.20.0.0',
    '10.20.255.255',
    '192.168.7.9',
    '100.64.8.1',
    'fd12:3456::1',
    'fd12:3456:0:ffff::',
    '8.8.8.8',
  ])('allows %s', (address) => expect(refusedAddress(address, WITH)).toBeNull());

  it.each([
    ['10.19.255.255', 'private'],
    ['10.21.0.0', 'private'],
    ['192.168.7.8', 'private'],
    ['100.64.9.0', 'carrier-grade NAT'],
    ['fd12:3457::1', 'unique local'],
    ['fd12:3456::1%eth0', 'zone identifier'],
    ['::ffff:10.20.0.1', 'IPv4-mapped'],
    ['::10.20.0.1', 'IPv4-compatible'],
    ['64:ff9b::a14:1', 'NAT64'],
    ['2002:a14:1::', '6to4'],
  ])('refuses %s (%s)', (address, rule) => expect(refusedAddress(address, WITH)).toBe(rule));

  it('allows what is listed of private space, and nothing else, whatever is listed', () => {
    const greedy = { ...PUBLIC, privateReceivers: ['0.0.0.0/0', '::/0'] };
    for (const [address, rule] of REFUSED) {
      const isPrivate = ['private', 'carrier-grade NAT', 'unique local'].includes(rule);
      const isOfAws = address.startsWith('fd00:ec2:');
      expect([address, refusedAddress(address, greedy)]).toEqual([
        address,
        isPrivate && !isOfAws ? null : rule,
      ]);
    }
    for (const address of ['169.254.169.254', 'fd00:ec2::254', 'fd00:ec2::23', '127.0.0.1', '::1', 'fe80::1'])
      expect([address, refusedAddress(address, greedy)]).not.toEqual([address, null]);
  });

  it('refuses an address outside the list as it does without one', () => {
    const parts = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
    fc.assert(
      fc.property(parts, ([a, b, c, d]) => {
        fc.pre(!(a === 10 && b === 20) && !(a === 192 && b === 168) && !(a === 100 && b === 64));
        const address = [a, b, c, d].join('.');
        expect(refusedAddress(address, WITH)).toBe(refusedAddress(address, PUBLIC));
      }),
    );
  });
});
