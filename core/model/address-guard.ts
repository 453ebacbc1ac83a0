import ipaddr from 'ipaddr.js';
import type { DestinationPolicy } from '../contract.ts';

type V4Block = [network: ipaddr.IPv4, prefixLength: number];
type V6Block = [network: ipaddr.IPv6, prefixLength: number];
type Policy = Pick<DestinationPolicy, 'allowLoopback' | 'privateReceivers'>;

const v4 = (cidr: string): V4Block => ipaddr.IPv4.parseCIDR(cidr);
const v6 = (cidr: string): V6Block => ipaddr.IPv6.parseCIDR(cidr);

/**
 * Names from the IANA IPv4 special-purpose registry for the ranges that ipaddr.js lumps together as `reserved`, so that the
 * owner of a URL reads why it was refused. Only the wording depends on this list, never the refusal. It is parsed on demand:
 * few addresses are refused, and every function that sends loads this module.
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

/** ipaddr.js reads `::127.0.0.1` as the IPv4-mapped `::ffff:127.0.0.1`, which is another address. */
const IPV4_COMPATIBLE = /^::\d+\.[\d.]+$/;

/** `2000::/3` is the only IPv6 space from which IANA assigns global unicast addresses (RFC 4291, 2.4; RFC 3513, 4). */
const isGlobalUnicast = (address: ipaddr.IPv6): boolean => (address.parts[0] as number) >> 13 === 0b001;

/** Readable names for some of ipaddr.js's ranges. */
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
 * Return the special range for which an address is refused, or null for a globally reachable unicast address. Every block of
 * the IANA special-purpose registries is refused, including the few that are marked globally reachable (AS112, AMT, …): no
 * webhook endpoint lives there. Addresses that embed an IPv4 address (mapped, NAT64, 6to4, Teredo) are refused whatever they
 * embed, because the host that they reach depends on the network. Private addresses that the policy lists are the one exception.
 *
 * @param address an IP literal in the form of `node:net` and `node:dns`: no brackets, four decimal parts
 */
export function refusedAddress(address: string, policy: Policy): string | null {
  // Strict on purpose: `parse` also accepts octal and hexadecimal parts, which other parsers read differently.
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return refusedV4(ipaddr.IPv4.parse(address), policy);
  if (IPV4_COMPATIBLE.test(address)) return 'IPv4-compatible';
  if (ipaddr.IPv6.isValid(address)) return refusedV6(ipaddr.IPv6.parse(address), policy);
  return 'not an IP address';
}

/**
 * The only ranges of which a stage's settings may allow parts. Everything else stays refused whatever they list: loopback,
 * link-local (instance metadata, the credentials of containers) and whatever embeds another address.
 */
const PRIVATE: ReadonlySet<string> = new Set(['private', 'carrierGradeNat', 'uniqueLocal']);

/** Unique local addresses of AWS's own services, `fd00:ec2::254` with the instance's credentials among them. */
const isServiceOfAws = (address: ipaddr.IPv6): boolean => address.match(v6('fd00:ec2::/32'));

/** Return whether a private address is in a range that the settings list. */
function isReceiver(
  address: ipaddr.IPv4 | ipaddr.IPv6,
  range: string,
  { privateReceivers }: Policy,
): boolean {
  if (privateReceivers === undefined || !PRIVATE.has(range)) return false;
  if (address instanceof ipaddr.IPv6)
    return (
      !isServiceOfAws(address) &&
      privateReceivers.some((cidr) => ipaddr.IPv6.isValidCIDR(cidr) && address.match(v6(cidr)))
    );
  return privateReceivers.some((cidr) => ipaddr.IPv4.isValidCIDR(cidr) && address.match(v4(cidr)));
}

function refusedV4(address: ipaddr.IPv4, policy: Policy): string | null {
  const range = address.range();
  if (range === 'unicast' || isReceiver(address, range, policy)) return null;
  if (range === 'loopback' && policy.allowLoopback) return null;
  return range === 'reserved' ? ipaddr.subnetMatch(address, v4Names(), range) : (RANGE_NAMES[range] ?? range);
}

function refusedV6(address: ipaddr.IPv6, policy: Policy): string | null {
  // A zone selects a network interface of this machine (RFC 4007), never the internet.
  if (address.zoneId !== undefined) return 'zone identifier';
  const range = address.range();
  if (isReceiver(address, range, policy)) return null;
  if (range === 'loopback' && policy.allowLoopback) return null;
  // Only local development needs these: a dual-stack socket shows IPv4 peers this way.
  if (range === 'ipv4Mapped' && policy.allowLoopback) return refusedV4(address.toIPv4Address(), policy);
  if (range === 'unicast') {
    // ipaddr.js calls every unnamed range unicast. Unassigned space is refused: a later RFC may give it a local meaning, as
    // happened to 64:ff9b:1::/48 and 5f00::/16.
    return isGlobalUnicast(address) ? null : ipaddr.subnetMatch(address, v6Names(), 'reserved');
  }
  return range === 'reserved' ? ipaddr.subnetMatch(address, v6Names(), range) : (RANGE_NAMES[range] ?? range);
}
