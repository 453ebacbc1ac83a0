import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../../core/openapi/document.ts';
import { referencePage } from '../../../../core/openapi/html/reference-page.ts';
import { script } from '../../../../core/openapi/html/script.ts';
import { stylesheet } from '../../../../core/openapi/html/stylesheet.ts';

/** `--name: light-dark(#rrggbb, #rrggbb);` */
const COLOUR = /--(\w+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g;
const colours = new Map(
  [...stylesheet.matchAll(COLOUR)].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]),
);

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

describe('the reference page', () => {
  const pairs = ['back', 'side', 'code', 'mark'].flatMap((back) =>
    ['text', 'soft', 'link', 'key', 'string', 'number', 'bad'].map((text) => [text, back] as const),
  );
  it.each(pairs)('has enough contrast in both colour schemes: %s on %s', (text, back) => {
    for (const scheme of ['light', 'dark'] as const) {
      const ratio = contrast(colours.get(text)?.[scheme] ?? '', colours.get(back)?.[scheme] ?? '');
      expect(ratio, scheme).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('has enough contrast for the names of methods', () => {
    const methods = [
      ...stylesheet.matchAll(/\.(?:get|post|put|patch|delete) \{ background: (#[0-9a-f]{6})/g),
    ];
    expect(methods).toHaveLength(5);
    for (const [, colour = ''] of methods) expect(contrast('#ffffff', colour)).toBeGreaterThanOrEqual(4.5);
  });

  it('escapes HTML in the document', () => {
    const page = referencePage(openApiDocument('1<b>', 'https://x/"><script>alert(1)</script>'));
    expect(page).toContain('https://x/&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('1&lt;b&gt;');
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  it('has one script, of less than 15 KB, which runs no text as code, writes no HTML and asks nothing of a server', () => {
    expect(Buffer.byteLength(script)).toBeLessThan(15 * 1024);
    expect(script).not.toMatch(
      /<\/|\beval\b|Function\(|innerHTML|insertAdjacentHTML|document\.write|fetch|XMLHttp|import\b/,
    );
    expect(referencePage(openApiDocument('1')).match(/<script>(.*?)<\/script>/s)?.[1]).toBe(script);
  });

  it('shows the headers that an operation takes', () => {
    const page = referencePage(openApiDocument('1'));
    const section = (id: string) => page.match(new RegExp(`<section[^>]* id="${id}".*?</section>`, 's'))?.[0];
    for (const id of ['createProject', 'createKey', 'createSubscription', 'resendDeliveries'])
      expect(section(id), id).toMatch(
        /<h4>Headers<\/h4><ul class="fields"><li>\s*<div class="field"><code class="name">Idempotency-Key</,
      );
    expect(section('publishEvents')).toContain('>ancrage-hops<');
    expect(section('listProjects')).not.toContain('<h4>Headers');
  });
});
