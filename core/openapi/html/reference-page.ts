import type { OpenApiDocument } from '../document.ts';
import { jsonView } from './json-view.ts';
import { Html, html, paragraphs, spans } from './markup.ts';
import { badge, operationSection } from './operation-section.ts';
import { type PlacedOperation, placedOperations } from './placed-operations.ts';
import { schemaAnchor, schemaView } from './schema-view.ts';
import { script } from './script.ts';
import { stylesheet } from './stylesheet.ts';

const ANCHOR = html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="12" cy="5" r="2.5"/><path d="M12 7.5V21M4 13c0 5 4 8 8 8s8-3 8-8M2.5 14.5 4 13l2 1M21.5 14.5 20 13l-2 1M8.5 10.5h7"/></svg>`;

/** Render the document as one page, with its stylesheet and its script inline. */
export function referencePage(document: OpenApiDocument): string {
  const { info, tags, components, servers } = document;
  const placed = placedOperations(document);
  const chapters = tags.map((tag) => ({
    ...tag,
    anchor: `tag-${tag.name.toLowerCase().replaceAll(' ', '-')}`,
    operations: placed.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Ancrage API reference</title>
<style>${new Html(stylesheet)}</style>
</head>
<body>
<a class="skip" href="#reference">Skip to the reference</a>
<header class="side">
<p class="brand">${ANCHOR} <span>${info.title} API <small>${info.version}</small></span></p>
<div class="search" role="search" hidden>
<input type="search" aria-label="Search the reference" aria-describedby="search-keys" placeholder="Search" autocomplete="off" spellcheck="false">
<p id="search-keys"><kbd>/</kbd> to search, <kbd>↑</kbd> <kbd>↓</kbd> to choose, <kbd>Enter</kbd> to open, <kbd>Esc</kbd> to clear</p>
<p role="status"></p>
</div>
<nav aria-label="Operations">
<details><summary>Contents</summary>
${chapters.map(({ name, operations }) => html`<h2>${name}</h2><ul>${operations.map(entry)}</ul>`)}
<h2>Schemas</h2><ul>${Object.keys(components.schemas).map((name) => html`<li><a href="#${schemaAnchor(name)}">${name}</a></li>`)}</ul>
</details>
</nav>
</header>
<main id="reference">
<h1>${info.title} API</h1>
<div class="intro">${paragraphs(String(info.description))}</div>
<p class="tools"><span>Base URL <code>${servers[0]?.url}</code></span> <a href="openapi.json">OpenAPI 3.1 document</a></p>
${chapters.map(
  ({ name, description, anchor, operations }) => html`<h2 id="${anchor}">${name}</h2>
<p class="intro">${spans(description)}</p>
${operations.map((operation) => operationSection(operation, document))}`,
)}
<h2 id="schemas">Schemas</h2>
${Object.entries(components.schemas).map(
  ([
    name,
    schema,
  ]) => html`<section class="schema" id="${schemaAnchor(name)}" aria-labelledby="${schemaAnchor(name)}-title">
<div><h3 id="${schemaAnchor(name)}-title"><a href="#${schemaAnchor(name)}">${name}</a></h3>
${typeof schema.description === 'string' && paragraphs(schema.description)}
${schemaView(schema)}</div>
${Array.isArray(schema.examples) && html`<div class="examples"><h4>Example</h4>${jsonView(schema.examples[0])}</div>`}
</section>`,
)}
<footer>Generated from the schemas that validate requests.</footer>
</main>
<script>${new Html(script)}</script>
</body>
</html>
`.text;
}

const entry = ({ method, operation: { operationId, summary } }: PlacedOperation): Html =>
  html`<li><a href="#${operationId}">${badge(method)} <span>${summary}</span></a></li>`;
