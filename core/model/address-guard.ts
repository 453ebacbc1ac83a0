import ipaddr from 'ipaddr.js';
import type { DestinationPolicy } from '../contract.ts';

type V4Block = [network: ipaddr.IPv4, prefixLength: number];
type V6Block = [network: ipaddr.IPv6, prefixLength: number];
type Policy = Pick<DestinationPolicy, 'allowLoopback'>;

const v4 = (cidr: string): V4Block => ipaddr.IPv4.parseCIDR(cidr);
const v6 = (cidr: string): V6Block => ipaddr.IPv6.parseCIDR(cidr);

/**
 * What ipaddr.js lumps together as `reserved`, by the names of the IANA IPv4 special-purpose registry, so that the
 * owner of a URL reads why it was refused. Refusing never depends on this list: only the wording does. Read when it is
 * needed, as few addresses are refused and every function that sends loads this.
 */
const v4Names = (): Record<string, V4Block | V4Block[]> => ({
  'IETF protocol assignments': v4('192.0.0.0/24'), // RFC 6890
  documentation: [v4('192.0.2.0/24'), v4('198.51.100.0/24'), v4('203.0.113.0/24')], // RFC 5737
  '6to4 relay': v4('192.88.99.0/24'), // RFC 7526
  benchmarking: v4('198.18.0.0/15'), // RFC 2544
});

const v6Names = (): Record<string, V6Block | V6Block[]> => ({
  documentation: [v6('2001:db8::/32'), v6('3fff::/20')], // RFC 3849, RFC 9637
  'IPv4-compatible': v6('::/96'), // RFC 4291, 2.5.5.1
});

/** `::127.0.0.1`: ipaddr.js reads it as the IPv4-mapped `::ffff:127.0.0.1`, which is another address. */
const IPV4_COMPATIBLE = /^::\d+\.[\d.]+$/;

/** The only IPv6 space that IANA assigns global unicast addresses from (RFC 4291, 2.4; RFC 3513, 4): `2000::/3`. */
const isGlobalUnicast = (address: ipaddr.IPv6): boolean => (address.parts[0] as number) >> 13 === 0b001;

/** ipaddr.js's range names that an owner of a URL would not understand. */
const RANGE_NAMES: Readonly<Record<string, string>> = {
  linkLocal: 'link-local',
  carrierGradeNat: 'carrier-grade NAT',
  uniqueLocal: 'unique local',
  ipv4Mapped: 'IPv4-mapped',
  rfc6145: 'IPv4-translated',
  rfc6052: 'NAT64',
  teredo: 'Teredo',
  amt: 'AMT relay',
  as112: 'AS112',
  as112v6: 'AS112',
  deprecatedOrchid: 'ORCHID',
  orchid2: 'ORCHID',
  deprecatedSiteLocal: 'site-local',
  segmentRouting: 'SRv6 segment',
  droneRemoteIdProtocolEntityTags: 'drone remote id',
};

/**
 * Why a hook must not be sent to this address: the name of the special range it is in, or null if it is a globally
 * reachable unicast address. Everything in the IANA special-purpose registries is refused, also the few blocks
 * marked globally reachable (AS112, AMT, …): no webhook endpoint lives there. Addresses that carry an IPv4 address
 * (mapped, NAT64, 6to4, Teredo) are refused whatever they carry, since what they reach depends on the network.
 *
 * @param address an IP literal as `node:net` and `node:dns` give it: no brackets, four decimal parts
 */
export function refusedAddress(address: string, policy: Policy): string | null {
  // Strict on purpose: `parse` also takes octal and hexadecimal parts, which other parsers read as other addresses.
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return refusedV4(ipaddr.IPv4.parse(address), policy);
  if (IPV4_COMPATIBLE.test(address)) return 'IPv4-compatible';
  if (ipaddr.IPv6.isValid(address)) return refusedV6(ipaddr.IPv6.parse(address), policy);
  return 'not an IP address';
}

function refusedV4(address: ipaddr.IPv4, policy: Policy): string | null {
  const range = address.range();
  if (range === 'unicast') return null;
  if (range === 'loopback' && policy.allowLoopback) return null;
  return range === 'reserved' ? ipaddr.subnetMatch(address, v4Names(), range) : (RANGE_NAMES[range] ?? range);
}

function refusedV6(address: ipaddr.IPv6, policy: Policy): string | null {
  // A zone picks a network interface of this machine (RFC 4007): never the internet.
  if (address.zoneId !== undefined) return 'zone identifier';
  const range = address.range();
  if (range === 'loopback' && policy.allowLoopback) return null;
  // Only local development has a use for these: a dual-stack socket shows IPv4 peers this way.
  if (range === 'ipv4Mapped' && policy.allowLoopback) return refusedV4(address.toIPv4Address(), policy);
  if (range === 'unicast') {
    // ipaddr.js calls everything that it has no name for unicast. Unassigned space is refused: a later RFC may give
    // it a local meaning, as happened to 64:ff9b:1::/48 and 5f00::/16.
    return isGlobalUnicast(address) ? null : ipaddr.subnetMatch(address, v6Names(), 'reserved');
  }
  return range === 'reserved' ? ipaddr.subnetMatch(address, v6Names(), range) : (RANGE_NAMES[range] ?? range);
}
