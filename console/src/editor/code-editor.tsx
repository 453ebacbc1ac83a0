import { chunk } from '../chunks/chunk.tsx';
import { Part } from '../chunks/part.tsx';
import type { CodeEditorProps } from './code-editor-props.ts';

const CodeMirror = chunk(() => import('./code-mirror.tsx'));

/** An editor with syntax highlighting, loaded on demand; a plain text field takes input until then. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <Part fallback={<PlainEditor {...props} />}>
      <CodeMirror {...props} />
    </Part>
  );
}

function PlainEditor({ label, value, lines = 6, readOnly, onChange }: CodeEditorProps) {
  return (
    <textarea
      aria-label={label}
      value={value}
      rows={lines}
      readOnly={readOnly}
      spellCheck={false}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
