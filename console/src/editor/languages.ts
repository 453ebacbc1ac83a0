import { jinja } from '@codemirror/lang-jinja';
import { json } from '@codemirror/lang-json';
import { StreamLanguage } from '@codemirror/language';
import { python } from '@codemirror/legacy-modes/mode/python';
import type { Extension } from '@codemirror/state';
import type { EditorLanguage } from './code-editor-props.ts';

/** Return the highlighting of a language. Templates render JSON, so their text outside Jinja tags is coloured as JSON. */
export function languageOf(language: EditorLanguage): Extension {
  switch (language) {
    case 'json':
      return json();
    case 'jinja':
      return jinja({ base: json() });
    case 'python':
      return StreamLanguage.define(python);
  }
}
