import { type Html, html } from './markup.ts';

/** A member's name (with its colon), a string, or a number or literal. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)/g;

/** Render a value as indented, coloured JSON. */
export function jsonView(value: unknown): Html {
  const text = JSON.stringify(value, null, 2);
  const parts: Html[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, string, colon, literal] = match;
    parts.push(html`${text.slice(end, match.index)}`);
    if (colon !== undefined) parts.push(html`<span class="k">${string}</span>${colon}`);
    else if (string !== undefined) parts.push(html`<span class="s">${string}</span>`);
    else parts.push(html`<span class="n">${literal}</span>`);
    end = match.index + token.length;
  }
  return html`<pre tabindex="0"><code>${parts}${text.slice(end)}</code></pre>`;
}
