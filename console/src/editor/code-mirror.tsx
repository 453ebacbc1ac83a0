import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { CodeEditorProps } from './code-editor-props.ts';
import { languageOf } from './languages.ts';
import { colours, look } from './look.ts';

/**
 * CodeMirror in a shadow tree: there it brings its styles as a constructed sheet, which the content security policy
 * lets pass, whereas style elements in the document would be refused. Tab leaves it, as it leaves any field.
 */
export default function CodeMirror(props: CodeEditorProps) {
  const { value } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const attributes = useRef(new Compartment());
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
          syntaxHighlighting(colours),
          languageOf(language),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.lineWrapping,
          EditorState.readOnly.of(readOnly),
          placeholder(latest.current.placeholder ?? ''),
          look(lines),
          typingOver,
          attributes.current.of(attributesOf(latest.current)),
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
    editor.dispatch({ effects: attributes.current.reconfigure(attributesOf(latest.current)) });
    const before = editor.state.doc.toString();
    if (before !== value) editor.dispatch({ changes: { from: 0, to: before.length, insert: value } });
  });

  return <div className="editor" ref={host} />;
}

/**
 * What is typed over a selection is put in here: a browser would give it the colour of what was there, by a style
 * attribute, which the policy refuses.
 */
const typingOver = EditorView.domEventHandlers({
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
