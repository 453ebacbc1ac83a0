export type EditorLanguage = 'json' | 'jinja' | 'python';

export interface CodeEditorProps {
  /** For screen readers. */
  readonly label: string;
  readonly language: EditorLanguage;
  readonly value: string;
  /** A hint or an error as text: an ID reference does not reach into a shadow tree. */
  readonly description?: string | undefined;
  readonly invalid?: boolean;
  /** The line that is marked because it failed, from 1. */
  readonly failingLine?: number | undefined;
  readonly lines?: number;
  readonly readOnly?: boolean;
  readonly placeholder?: string;
  onChange(value: string): void;
}
