import { describe, expect, it } from 'vitest';
import { IdempotencyVault, idempotencyKeySchema } from '../../../../core/idempotency/idempotency-vault.ts';

const SCOPE = ['POST /v1/projects/{project}/keys', 'erp'];
const vault = (stackKey = 'stack', scope = SCOPE, key = 'a key') =>
  new IdempotencyVault({ stackKey, dataKey: undefined, scope, idempotencyKey: key });
const others = [
  ['another stack', vault('other')],
  ['another route', vault('stack', ['POST /v1/projects', 'erp'])],
  ['another project', vault('stack', [SCOPE[0] ?? '', 'crm'])],
  ['another key', vault('stack', SCOPE, 'b key')],
] as const;

describe('the vault of an Idempotency-Key', () => {
  it('opens what it sealed, and never seals a text the same way twice', () => {
    const text = '{"secret":"whsec_é😀"}';
    expect(vault().open(vault().seal(text))).toBe(text);
    expect(vault().seal(text)).not.toEqual(vault().seal(text));
    expect(vault().id).toBe(vault().id);
    expect(vault().fingerprint(text)).toBe(vault().fingerprint(text));
    expect(vault().fingerprint(text)).not.toBe(vault().fingerprint(`${text} `));
  });

  it.each(others)(
    'has another id and other fingerprints for %s, which cannot open its records',
    (_, other) => {
      expect(other.id).not.toBe(vault().id);
      expect(other.fingerprint('x')).not.toBe(vault().fingerprint('x'));
      expect(() => other.open(vault().seal('x'))).toThrow();
    },
  );

  it('does not open an altered record', () => {
    const sealed = vault().seal('text');
    for (let at = 0; at < sealed.length; at++) {
      const altered = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte));
      expect(() => vault().open(altered)).toThrow();
    }
  });

  it('reveals neither the key nor the text', () => {
    const sealed = Buffer.from(vault().seal('the secret')).toString('latin1');
    expect(sealed + vault().id + vault().fingerprint('the secret')).not.toMatch(/the secret|a key/);
  });
});

it.each([
  ['a', true],
  ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', true],
  ['x'.repeat(255), true],
  ['', false],
  ['x'.repeat(256), false],
  ['é', false],
  ['a\nb', false],
  ['a\u007f', false],
])('accepts an Idempotency-Key of 1 to 255 printable ASCII characters: %j', (key, isOne) => {
  expect(idempotencyKeySchema.safeParse(key).success).toBe(isOne);
});
