import { Webhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { describe, expect, it } from 'vitest';
import { newSecret, standardSecretFault } from '../../../../core/model/signing-secret.ts';
import { signatures } from '../../../../core/request/signatures.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('Standard Webhooks signatures', () => {
  it('equal the golden vector of the specification', () => {
    const headers = signatures.standard.headers({
      secrets: [secret],
      webhookId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1614265330,
      body: '{"test": 2432232314}',
    });
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
    expect(headers['webhook-timestamp']).toBe('1614265330');
  });

  it('can be verified with either of two valid secrets', () => {
    const other = newSecret();
    const body = '{"city":"Orléans 😀"}';
    const timestamp = Math.floor(Date.now() / 1000);
    const headers = signatures.standard.headers({
      secrets: [secret, other],
      webhookId: 'evt_1',
      timestamp,
      body,
    });
    for (const known of [secret, other]) {
      expect(new Webhook(known).verify(body, headers)).toEqual({ city: 'Orléans 😀' });
      expect(() => new SvixWebhook(known).verify(body, headers)).not.toThrow();
    }
    for (const Verifier of [Webhook, SvixWebhook])
      expect(() => new Verifier(newSecret()).verify(body, headers)).toThrow();
  });

  it('are not made with a secret whose key is empty or too short', () => {
    const sign = (secrets: readonly string[]) =>
      signatures.standard.headers({ secrets, webhookId: 'evt_1', timestamp: 0, body: '{}' });
    const unfit = ['whsec_', 'whsec_AA', 'text', ''];
    expect(sign([secret, ...unfit])).toEqual(sign([secret]));
    expect(sign([...unfit, secret])).toEqual(sign([secret]));
    for (const secrets of [unfit, []])
      expect(() => sign(secrets)).toThrow('The subscription has no secret that can sign.');
  });

  it('use new secrets of 32 random bytes', () => {
    expect(Buffer.from(newSecret().slice(6), 'base64')).toHaveLength(32);
    expect(newSecret()).not.toBe(newSecret());
    expect(standardSecretFault(newSecret())).toBeNull();
  });

  it.each([
    ['24 bytes', `whsec_${Buffer.alloc(24, 1).toString('base64')}`, true],
    ['64 bytes', `whsec_${Buffer.alloc(64, 1).toString('base64')}`, true],
    ['base64 without padding', `whsec_${Buffer.alloc(25, 1).toString('base64').replaceAll('=', '')}`, true],
    ['23 bytes', `whsec_${Buffer.alloc(23, 1).toString('base64')}`, false],
    ['65 bytes', `whsec_${Buffer.alloc(65, 1).toString('base64')}`, false],
    ['no prefix', Buffer.alloc(32).toString('base64'), false],
    ['another prefix', `WHSEC_${Buffer.alloc(32).toString('base64')}`, false],
    ['base64 with too little padding', `whsec_${Buffer.alloc(25, 1).toString('base64').slice(0, -1)}`, false],
    ['base64 with too much padding', `whsec_${Buffer.alloc(24, 1).toString('base64')}====`, false],
    ['base64 with padding inside', `whsec_${Buffer.alloc(25, 1).toString('base64').repeat(2)}`, false],
    ['base64url', `whsec_${Buffer.alloc(24, 255).toString('base64url')}`, false],
    ['text that is not base64', `whsec_${'!'.repeat(40)}`, false],
    ['base64 with trailing text', `whsec_${Buffer.alloc(32).toString('base64')} x`, false],
  ])('accept or reject a secret of %s: %s → %s', (_name, given, valid) => {
    expect(standardSecretFault(given) === null).toBe(valid);
  });

  it('explain what a valid secret is', () => {
    expect(standardSecretFault('secret')).toBe('is not "whsec_" followed by the base64 of 24 to 64 bytes');
  });
});

describe('a Frappe signature', () => {
  it.each([
    ['super-secret', '{"id": "TASK-0001"}', 'WgR5g1ayyZzZx7O+cYE/gPLW0TdH6RFsSBTyDQzLsgY='],
    ['super-secret', '{}', '6+2rhdFO0rxGC7aB4vAGQT23aLBqKSQ+aWG64QGvfwA='],
    ['s3cr3t-é', '{"city": "Orl\\u00e9ans"}', 'TDcsls2ee03wYGB669xbBkIDXSrtBYRpkrdobmrfofg='],
  ])('signs the body alone, with the secret %j as it is', (secret, body, signature) => {
    expect(signatures.frappe.headers({ secrets: [secret], webhookId: 'evt_1', timestamp: 0, body })).toEqual({
      'x-frappe-webhook-signature': signature,
    });
  });
});

describe("GitHub's signature", () => {
  it("equals the vector of GitHub's documentation", () => {
    const { headers } = signatures.github;
    expect(
      headers({
        ...{ secrets: ["It's a Secret to Everybody"], webhookId: 'evt_1', timestamp: 0 },
        body: 'Hello, World!',
      }),
    ).toEqual({
      'webhook-id': 'evt_1',
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    });
  });
});

describe("Stripe's signature", () => {
  it('has the time, and a signature for each secret', () => {
    const { 'stripe-signature': signature } = signatures.stripe.headers({
      ...{ secrets: ['new', 'old'], webhookId: 'evt_1', timestamp: 1_700_000_000, body: '{}' },
    });
    expect(signature).toMatch(/^t=1700000000,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$/);
  });
});

describe.each(['frappe', 'github'] as const)('a signature of %s without a secret', (name) => {
  it.each([[[]], [['']], [['', 'the one that it replaced']]])('is not made: %j', (secrets) => {
    expect(() => signatures[name].headers({ secrets, webhookId: 'evt_1', timestamp: 0, body: '{}' })).toThrow(
      'The subscription has no secret that can sign.',
    );
  });
});

describe('a scheme', () => {
  const { stripe, github, frappe, none } = signatures;

  it.each([stripe, github, frappe, none])(
    'of text takes secrets of 1 to 1024 characters: $description',
    ({ secretFault }) => {
      expect(['x', 'x'.repeat(1024)].map(secretFault)).toEqual([null, null]);
      const fault = 'is not 1 to 1024 characters';
      expect(['', 'x'.repeat(1025)].map(secretFault)).toEqual([fault, fault]);
    },
  );

  it('without a signature adds no header', () => {
    expect(none.headers({ secrets: ['x'], webhookId: 'evt_1', timestamp: 0, body: '{}' })).toEqual({});
  });

  it('says which headers it adds', () => {
    expect(Object.values(signatures).map(({ description }) => description)).toEqual([
      'the headers of Standard Webhooks',
      '`Stripe-Signature`, as Stripe makes it',
      '`X-Hub-Signature-256`, as GitHub makes it',
      '`X-Frappe-Webhook-Signature`',
      'no signature',
    ]);
  });
});
