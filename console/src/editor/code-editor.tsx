import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './code-editor-props.ts';

const CodeMirror = lazy(() => import('./code-mirror.tsx'));

/** An editor with syntax highlighting, loaded on demand; a plain text field takes input until then. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <Suspense fallback={<PlainEditor {...props} />}>
      <CodeMirror {...props} />
    </Suspense>
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
