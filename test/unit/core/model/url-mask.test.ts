import { describe, expect, it } from 'vitest';
import { hiddenInUrl, maskUrl } from '../../../../core/model/url-mask.ts';

describe('a masked URL', () => {
  it.each([
    'https://example.com',
    'https://example.com:8443/',
    'http://127.0.0.1:3000/hook',
    'https://example.com/api/v2/incoming_webhook/hook-12/',
    'https://example.com/api/resource/frappe.integrations.webhook/processEntryPoint',
  ])('shows %s', (url) => {
    expect(maskUrl(url)).toBe(url);
    expect(hiddenInUrl(url)).toEqual([]);
  });

  it.each([
    ['https://example.com/hook?token=abc', 'https://example.com/hook?***'],
    ['https://example.com?token=abc', 'https://example.com?***'],
    ['https://example.com/hook#abc', 'https://example.com/hook#***'],
    ['https://user:abc@example.com/hook', 'https://***@example.com/hook'],
    ['https://user:abc@example.com/hook?a', 'https://***@example.com/hook?***'],
    ['https:\\\\user:abc@example.com\\hook', 'https:\\\\***@example.com\\hook'],
    ['https://hooks.slack.com/services/T00000000/B00/XXXXXXXX', 'https://hooks.slack.com/services/***'],
    ['https://hooks.zapier.com/hooks/catch/123456/abcdefg/', 'https://hooks.zapier.com/hooks/catch/***'],
    ['https://hook.eu1.make.com/abq8xk2mvn7tz1p9', 'https://hook.eu1.make.com/***'],
    [
      'https://n8n.example.com/webhook/0b8f3c1e-0000-4000-8000-000000000000',
      'https://n8n.example.com/webhook/***',
    ],
    ['https://api.telegram.org/bot123456:AAExyz/sendMessage', 'https://api.telegram.org/***'],
    [
      'https://maker.ifttt.com/trigger/order/with/key/abcde',
      'https://maker.ifttt.com/trigger/order/with/key/***',
    ],
    ['https://example.com/AbCdEfGhIjKl/hook', 'https://example.com/***'],
    ['https://example.com/qwrtzxkjhgfd', 'https://example.com/***'],
    ['https://example.com/hook;s=1', 'https://example.com/***'],
    ['https://example.com/{{ data.path }}/x?a={{ data.b }}', 'https://example.com/***'],
    ['{{ data.url }}', '***'],
  ])('of %s is %s', (url, masked) => expect(maskUrl(url)).toBe(masked));

  it('shows a template of another path up to its first expression', () =>
    expect(maskUrl('https://{{ data.host }}.example.com/hook')).toBe(
      'https://{{ data.host }}.example.com/hook',
    ));

  it('names what it hides', () =>
    expect(hiddenInUrl('https://user:pass@example.com/hook?a=b')).toEqual(['user:pass', 'a=b']));
});
