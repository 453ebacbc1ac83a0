import { HighlightStyle } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const LINE_PX = 20;

/** Highlighting in the document's colours: custom properties are inherited by shadow trees. */
export const highlightStyle = HighlightStyle.define([
  { tag: [tags.propertyName, tags.variableName], color: 'var(--code-key)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: [tags.keyword, tags.bool, tags.null, tags.operatorKeyword], color: 'var(--code-word)' },
  { tag: [tags.brace, tags.processingInstruction], color: 'var(--wait)' },
  { tag: tags.comment, color: 'var(--muted)' },
]);

export function editorTheme(lines: number): Extension {
  return EditorView.theme({
    '&': { color: 'var(--text)', backgroundColor: 'transparent', fontSize: '12.5px' },
    '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-1px', borderRadius: '6px' },
    '.cm-scroller': {
      fontFamily: 'var(--mono)',
      lineHeight: `${LINE_PX}px`,
      maxHeight: '60vh',
      overflow: 'auto',
    },
    '.cm-content': { minHeight: `${lines * LINE_PX + 12}px`, padding: '6px 0', caretColor: 'var(--text)' },
    '.cm-line': { padding: '0 10px' },
    '.cm-failing': {
      backgroundColor: 'var(--bad-soft)',
      boxShadow: 'inset 3px 0 var(--bad)',
    },
    '.cm-placeholder': { color: 'var(--muted)' },
    '.cm-cursor': { borderLeftColor: 'var(--text)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      background: 'color-mix(in oklab, var(--accent) 28%, transparent)',
    },
    '&.cm-focused .cm-matchingBracket': {
      backgroundColor: 'var(--accent-soft)',
      outline: '1px solid var(--line-strong)',
    },
  });
}
