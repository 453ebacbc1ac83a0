import { lazy, Suspense } from 'react';

export type EditorLanguage = 'json' | 'jinja' | 'python';

export interface CodeEditorProps {
  /** For screen readers. */
  readonly label: string;
  readonly language: EditorLanguage;
  readonly value: string;
  /** A hint or a fault: ids do not reach into a shadow tree. */
  readonly description?: string | undefined;
  readonly invalid?: boolean;
  readonly lines?: number;
  readonly readOnly?: boolean;
  readonly placeholder?: string;
  onChange(value: string): void;
}

const CodeMirror = lazy(() => import('./code-mirror.tsx'));

/** An editor with highlighting. Until it is loaded, a plain text field that does the same. */
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
