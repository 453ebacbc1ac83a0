import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { guardedLookup } from '../../core/adapters/http/guarded-lookup.ts';
import { PUBLIC_DESTINATIONS } from '../../core/contract.ts';
import { refusedUrl } from '../../core/model/destination.ts';
import { failureOf, requestTo, resolving, senderWith } from '../integration/guarded-sender-fixture.ts';

const POLICY = { ...PUBLIC_DESTINATIONS, privateReceivers: ['10.20.0.0/16', 'fd12:3456::/48'] };

/** Return the addresses that a socket may connect to if a name resolves to these, or the code of the failure. */
const connectableOf = (addresses: readonly string[]): Promise<readonly string[] | string> =>
  new Promise((resolve) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const lookup = guardedLookup(POLICY, (_, answer) => setImmediate(answer, found));
    lookup('receiver.example', { all: true }, (error, given) =>
      resolve(error === null ? (given as LookupAddress[]).map(({ address }) => address) : error.message),
    );
  });

describe('a tenant of a stage with private receivers', () => {
  it.each([
    'https://10.20.1.2/hook',
    'https://[fd12:3456::1]:8443/hook',
    'https://billing.corp.internal/hook',
    'https://receiver.example/hook',
  ])('may subscribe %s', (url) => expect(refusedUrl(url, POLICY)).toBeNull());

  it.each([
    'https://10.21.0.1/',
    'https://192.168.0.1/',
    'https://172.16.0.1/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://localhost/',
    'https://169.254.169.254/latest/meta-data',
    'https://2852039166/',
    'https://[fd00:ec2::254]/latest/meta-data',
    'https://[fe80::1]/',
    'https://[fd12:3457::1]/',
    'https://[::ffff:10.20.1.2]/',
    'https://[64:ff9b::a14:102]/',
    'http://10.20.1.2/',
    'https://10.20.1.2:22/',
    'https://user:password@10.20.1.2/',
  ])('may not subscribe %s', (url) => expect(refusedUrl(url, POLICY)).not.toBeNull());

  it('reaches names whose addresses are public or listed, and no name with any other address', async () => {
    for (const addresses of [['10.20.1.2'], ['10.20.1.2', '8.8.8.8'], ['fd12:3456::1', '10.20.1.3']])
      expect(await connectableOf(addresses)).toEqual(addresses);
    for (const refused of [
      ...['10.21.0.1', '192.168.0.1', '127.0.0.1', '169.254.169.254', '169.254.170.2', '100.64.0.1'],
      ...['::1', 'fd00:ec2::254', 'fe80::1', '::ffff:10.20.1.2', '0.0.0.0'],
    ])
      for (const addresses of [[refused], ['10.20.1.2', refused], [refused, '8.8.8.8']])
        expect([addresses, await connectableOf(addresses)]).toEqual([
          addresses,
          'the host name could not be resolved to a public address',
        ]);
  });

  it('gains nothing from a name that changes its address after it was checked', async () => {
    // Each request looks the name up once, and connects to what was checked.
    const resolve = resolving(['169.254.169.254'], ['fd00:ec2::254'], ['10.21.0.1'], ['127.0.0.1']);
    const sender = senderWith({ resolve }, POLICY);
    for (let n = 0; n < 4; n++) {
      const failure = failureOf(await sender.send(requestTo(`https://rebinding-${n}.corp.internal/`)));
      expect(failure).toEqual({
        error: 'dns',
        detail: 'the host name could not be resolved to a public address',
      });
    }
    expect(resolve.calls).toHaveLength(4);
    expect(await connectableOf(['10.20.1.2'])).toEqual(['10.20.1.2']);
    expect(await connectableOf(['169.254.169.254'])).toMatch(/could not be resolved/);
  });
});
