import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { jinja } from '@codemirror/lang-jinja';
import { json } from '@codemirror/lang-json';
import { bracketMatching, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { python } from '@codemirror/legacy-modes/mode/python';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { Decoration, drawSelection, EditorView, keymap, placeholder } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { CodeEditorProps, EditorLanguage } from './code-editor-props.ts';
import { editorTheme, highlightStyle } from './editor-theme.ts';

/**
 * CodeMirror in a shadow tree. There it loads its styles as a constructed style sheet, which the content security
 * policy allows; it would block style elements in the document. Tab moves to the next field, as in any other field.
 */
export default function CodeMirror(props: CodeEditorProps) {
  const { value } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const attributes = useRef(new Compartment());
  const failing = useRef(new Compartment());
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (host.current === null) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const { language, value, lines = 6, readOnly = false } = latest.current;
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: value,
        extensions: [
          history(),
          drawSelection(),
          bracketMatching(),
          syntaxHighlighting(highlightStyle),
          languageOf(language),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.lineWrapping,
          EditorState.readOnly.of(readOnly),
          placeholder(latest.current.placeholder ?? ''),
          editorTheme(lines),
          replaceSelection,
          attributes.current.of(attributesOf(latest.current)),
          failing.current.of(failingLineOf(latest.current)),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) latest.current.onChange(state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (editor === undefined) return;
    editor.dispatch({
      effects: [
        attributes.current.reconfigure(attributesOf(latest.current)),
        failing.current.reconfigure(failingLineOf(latest.current)),
      ],
    });
    const before = editor.state.doc.toString();
    if (before !== value) editor.dispatch({ changes: { from: 0, to: before.length, insert: value } });
  });

  return <div className="editor" ref={host} />;
}

/**
 * Insert text typed over a selection. A browser would keep the colour of the replaced text with a style attribute,
 * which the content security policy blocks.
 */
const replaceSelection = EditorView.domEventHandlers({
  beforeinput(event, { state, dispatch }) {
    if (event.inputType !== 'insertText' || event.data === null || state.selection.main.empty) return false;
    event.preventDefault();
    dispatch(state.update(state.replaceSelection(event.data), { userEvent: 'input.type' }));
    return true;
  },
});

function attributesOf({ label, description, invalid }: CodeEditorProps): Extension {
  return EditorView.contentAttributes.of({
    'aria-label': label,
    ...(description && { 'aria-description': description }),
    ...(invalid && { 'aria-invalid': 'true' }),
  });
}

/** Mark the line that failed, unless the text has fewer lines by now. */
function failingLineOf({ failingLine }: CodeEditorProps): Extension {
  if (failingLine === undefined) return [];
  return EditorView.decorations.of(({ state: { doc } }) =>
    failingLine > doc.lines
      ? Decoration.none
      : Decoration.set(Decoration.line({ class: 'cm-failing' }).range(doc.line(failingLine).from)),
  );
}

/** Return the highlighting of a language. Templates render JSON, so their text outside Jinja tags is coloured as JSON. */
function languageOf(language: EditorLanguage): Extension {
  switch (language) {
    case 'json':
      return json();
    case 'jinja':
      return jinja({ base: json() });
    case 'python':
      return StreamLanguage.define(python);
  }
}
