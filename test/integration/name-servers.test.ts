import { describe, expect, it } from 'vitest';
import { askNameServers } from '../../core/adapters/http/name-servers.ts';
import { eventually } from '../support/eventually.ts';
import { a, type DnsRecord, useNameServer } from '../support/name-server.ts';

const NEVER = new AbortController().signal;
const V6: DnsRecord = { type: 'AAAA', data: '2606:2800:220:1::1', ttlSeconds: 20 };

describe('a look-up', () => {
  const nameServer = useNameServer();
  const lookUp = (name: string, { ipv6 = false, signal = NEVER } = {}) =>
    askNameServers({ servers: [nameServer.address], ipv6 })(name, signal);
  const asked = (name: string) =>
    nameServer.questions.filter((question) => question.name === name).map(({ type }) => type);
  let names = 0;
  const newName = () => `name-${names++}.example`;

  it('finds all IPv4 addresses, with the shortest of their TTLs', async () => {
    const name = newName();
    nameServer.set(name, () => [a('93.184.216.34', 300), a('93.184.216.35', 7)]);
    const { addresses, ttlSeconds } = await lookUp(name);
    expect(addresses.map(({ address }) => address).toSorted()).toEqual(['93.184.216.34', '93.184.216.35']);
    expect(ttlSeconds).toBe(7);
  });

  it('asks for no IPv6 address where IPv6 does not work', async () => {
    const name = newName();
    nameServer.set(name, () => [a('93.184.216.34')]);
    await lookUp(name);
    expect(asked(name)).toEqual(['A']);
  });

  it('finds the addresses of both families, IPv6 first', async () => {
    const name = newName();
    nameServer.set(name, ({ type }) => (type === 'A' ? [a('93.184.216.34', 30)] : [V6]));
    expect(await lookUp(name, { ipv6: true })).toEqual({
      addresses: [
        { address: V6.data, family: 6 },
        { address: '93.184.216.34', family: 4 },
      ],
      ttlSeconds: 20,
    });
  });

  it('does not wait for a silent server of IPv6 addresses', async () => {
    const name = newName();
    nameServer.set(name, ({ type }) => (type === 'A' ? [a('93.184.216.34')] : 'silence'));
    const { addresses } = await lookUp(name, { ipv6: true });
    expect(addresses).toEqual([{ address: '93.184.216.34', family: 4 }]);
    // It was not even asked again.
    expect(asked(name).toSorted()).toEqual(['A', 'AAAA']);
  });

  it('waits for an IPv6 address if there is no other', async () => {
    const name = newName();
    nameServer.set(name, async ({ type }) => {
      if (type === 'A') return [];
      await eventually('the other question is asked, too', () => expect(asked(name)).toContain('A'));
      return [V6];
    });
    expect((await lookUp(name, { ipv6: true })).addresses).toEqual([{ address: V6.data, family: 6 }]);
  });

  it('follows a CNAME', async () => {
    const name = newName();
    const target = newName();
    nameServer.set(name, () => [
      { type: 'CNAME', data: target, ttlSeconds: 4 },
      { ...a('93.184.216.34', 300), name: target },
    ]);
    const { addresses, ttlSeconds } = await lookUp(name);
    expect(addresses).toEqual([{ address: '93.184.216.34', family: 4 }]);
    expect(ttlSeconds).toBe(4);
  });

  it('asks again after a lost packet', async () => {
    const name = newName();
    nameServer.set(name, () => (asked(name).length === 1 ? 'silence' : [a('93.184.216.34')]));
    expect((await lookUp(name)).addresses).toHaveLength(1);
  });

  it('asks the name servers for every name, whatever the hosts file has', async () => {
    expect((await lookUp('localhost')).addresses).toEqual([]);
    expect(asked('localhost')).toEqual(['A']);
  });

  it.each([
    ['a name that does not exist', 'NXDOMAIN' as const],
    ['a failure of the name server', 'SERVFAIL' as const],
    ['a name without an address', []],
    ['records of another type', [V6]],
  ])('finds nothing after %s', async (_, reply) => {
    const name = newName();
    nameServer.set(name, () => reply);
    expect((await lookUp(name)).addresses).toEqual([]);
  });

  it('ends by itself if nobody answers', async () => {
    const name = newName();
    nameServer.set(name, () => 'silence');
    expect((await lookUp(name, { ipv6: true })).addresses).toEqual([]);
    expect(asked(name).filter((type) => type === 'A').length).toBeGreaterThan(1);
  });

  it('ends at once when it is cancelled, and no other ends with it', async () => {
    const [name, other] = [newName(), newName()];
    const released = Promise.withResolvers<void>();
    nameServer.set(name, () => 'silence');
    nameServer.set(other, async () => {
      await released.promise;
      return [a('93.184.216.34')];
    });
    const cancelling = new AbortController();
    const [cancelled, going] = [lookUp(name, { signal: cancelling.signal }), lookUp(other)];
    await eventually('both are asked for', () =>
      expect([...asked(name), ...asked(other)]).toEqual(['A', 'A']),
    );
    cancelling.abort();
    expect((await cancelled).addresses).toEqual([]);
    expect(asked(name)).toEqual(['A']);
    released.resolve();
    expect((await going).addresses).toHaveLength(1);
  });
});
