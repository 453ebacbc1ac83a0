/** Each text colour has a contrast of at least 4.5 with each background (WCAG 2.2, AA). */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --back: light-dark(#ffffff, #10151c);
  --side: light-dark(#f4f6f9, #161c25);
  --code: light-dark(#f4f6f9, #1a212b);
  --line: light-dark(#dbe1e8, #2c3644);
  --text: light-dark(#1b2430, #e4e9ef);
  --soft: light-dark(#4f5b69, #a9b5c3);
  --link: light-dark(#0a58a0, #85c0ff);
  --key: light-dark(#0a58a0, #85c0ff);
  --string: light-dark(#17663a, #8fd9a8);
  --number: light-dark(#8a4500, #f2b878);
  --bad: light-dark(#a3211a, #ff9c94);
  --mark: light-dark(#fff7dc, #2a2718);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--back); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
p code, li code, main a { overflow-wrap: anywhere; }
p { margin: 0.4rem 0; }
ul { padding: 0; margin: 0.4rem 0; }
[hidden] { display: none !important; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; padding: 0.5rem 1rem; background: var(--back); z-index: 1; }

.side { background: var(--side); border-bottom: 1px solid var(--line); padding: 1rem 1.25rem; }
.brand { display: flex; align-items: center; gap: 0.6rem; font-size: 1.15rem; font-weight: 650; margin: 0; }
.brand svg { width: 1.6rem; height: 1.6rem; color: var(--link); flex: none; }
.brand small { font-weight: 400; color: var(--soft); font-size: 0.85rem; }
.search { margin-top: 0.75rem; }
.search input {
  width: 100%; padding: 0.4rem 0.6rem; font: inherit; color: inherit; background: var(--back); border: 1px solid var(--soft);
  border-radius: 6px;
}
.search input::placeholder { color: var(--soft); opacity: 1; }
.search p { color: var(--soft); font-size: 0.8rem; }
.search [role="status"] { min-height: 1.55em; }
@media (pointer: coarse) { #search-keys { display: none; } }
kbd { font: inherit; border: 1px solid var(--line); border-radius: 4px; padding: 0 0.25rem; }
.side summary { margin-top: 0.75rem; cursor: pointer; font-weight: 600; }
.side h2 { font-size: 0.8rem; margin: 1.1rem 0 0.2rem; color: var(--soft); letter-spacing: 0.02em; }
.side ul { list-style: none; }
.side li a {
  display: flex; gap: 0.6rem; align-items: baseline; padding: 0.22rem 0.4rem; margin: 0 -0.4rem;
  border-radius: 5px; color: var(--text); text-decoration: none; font-size: 0.9rem; line-height: 1.35;
}
.side li a:hover { background: var(--line); }
.side .method { font-size: 0.62rem; min-width: 3.6rem; padding: 0.1rem 0; }

main { padding: 1.25rem; min-width: 0; max-width: 88rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0.5rem 0; letter-spacing: -0.01em; }
main h2 { font-size: 1.45rem; margin: 3rem 0 0.2rem; padding-top: 1rem; border-top: 2px solid var(--line); }
h3 { font-size: 1.15rem; margin: 0 0 0.3rem; }
h3 a { color: inherit; text-decoration: none; }
h3 a:hover { text-decoration: underline; }
h4 { font-size: 0.85rem; margin: 1.1rem 0 0.3rem; color: var(--soft); }
.intro { max-width: 46rem; }
.tools { display: flex; flex-wrap: wrap; gap: 0.4rem 1.5rem; color: var(--soft); }

.operation { padding: 1.6rem 0; border-bottom: 1px solid var(--line); }
.operation:last-of-type { border-bottom: 0; }
.operation:target h3, .schema:target h3 { background: var(--mark); box-shadow: 0 0 0 0.35rem var(--mark); }
.route { display: flex; gap: 0.6rem; align-items: baseline; }
.route code { font-size: 0.95rem; overflow-wrap: anywhere; }
.method {
  flex: none; display: inline-block; min-width: 4.2rem; padding: 0.12rem 0.5rem; border-radius: 4px; text-align: center;
  font: 700 0.72rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; color: #fff;
}
.get { background: #0a58a0; } .post { background: #17663a; } .put { background: #63399c; }
.patch { background: #8a4500; } .delete { background: #a3211a; }
.scope { color: var(--soft); font-size: 0.9rem; }

.fields { list-style: none; border-left: 2px solid var(--line); padding-left: 0.9rem; }
.fields > li { padding: 0.35rem 0; }
.fields p { color: var(--soft); font-size: 0.92rem; margin: 0.1rem 0 0; max-width: 46rem; }
.fields p code, .scope code { color: var(--text); }
.field { display: flex; flex-wrap: wrap; gap: 0.1rem 0.6rem; align-items: baseline; }
.name { font-weight: 650; font-size: 0.92rem; }
.type, .bound { color: var(--soft); font-size: 0.85rem; }
.required { color: var(--bad); font-size: 0.8rem; }
.bound { border: 1px solid var(--line); border-radius: 4px; padding: 0 0.35rem; overflow-wrap: anywhere; }
.alternatives + ul { padding-left: 1.2rem; }
.responses { list-style: none; }
.responses li { display: flex; gap: 0.7rem; align-items: baseline; padding: 0.15rem 0; font-size: 0.92rem; }
.status { flex: none; min-width: 2.4rem; font: 700 0.85rem ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.good { color: var(--string); } .bad { color: var(--bad); }

pre {
  margin: 0.3rem 0 0; padding: 0.9rem 1rem; overflow-x: auto; background: var(--code); border: 1px solid var(--line);
  border-radius: 8px; max-height: 32rem;
}
.languages { display: flex; gap: 0.3rem; }
.languages button {
  padding: 0.2rem 0.7rem; font: inherit; font-size: 0.85rem; color: var(--soft); background: none; border: 1px solid var(--line);
  border-radius: 6px; cursor: pointer;
}
.languages [aria-pressed="true"] { color: var(--text); background: var(--code); border-color: var(--soft); font-weight: 600; }
.k { color: var(--key); } .s { color: var(--string); } .n { color: var(--number); }
.schema { padding: 1.2rem 0; display: grid; gap: 0 2.5rem; }
.schema > *, .operation > * { min-width: 0; }
footer { margin-top: 3rem; color: var(--soft); font-size: 0.9rem; }

@media (min-width: 60rem) {
  body { display: grid; grid-template-columns: 19rem minmax(0, 1fr); }
  .side {
    position: sticky; top: 0; height: 100vh; overflow-y: auto; border-bottom: 0; border-right: 1px solid var(--line);
  }
  main { padding: 1.5rem 2.5rem 4rem; }
  @supports selector(::details-content) {
    .side summary { display: none; }
    .side details::details-content { content-visibility: visible; height: auto; }
  }
}
@media (min-width: 78rem) {
  .operation, .schema { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 27rem); gap: 0 2.5rem; align-items: start; }
  .examples { position: sticky; top: 1rem; }
  .examples h4:first-child { margin-top: 0.2rem; }
}
@media print { .side { display: none; } pre { white-space: pre-wrap; max-height: none; } }
`;
