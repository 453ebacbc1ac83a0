import { type ReactNode, useId } from 'react';
import { CodeEditor } from '../../editor/code-editor.tsx';
import type { CodeEditorProps } from '../../editor/code-editor-props.ts';
import { Field } from '../../ui/field.tsx';
import type { SettingName } from './draft.ts';
import { useForm } from './form-context.ts';

type Children = Parameters<typeof Field>[0]['children'];

interface SettingProps {
  readonly name: SettingName;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly children: Children;
}

/** A field for one setting. Its fault is shown once the field has lost focus. */
export function Setting({ name, label, hint, children }: SettingProps) {
  const { touch, faultOf } = useForm();
  return (
    <Field label={label} hint={hint} error={faultOf(name)} onLeave={() => touch(name)}>
      {children}
    </Field>
  );
}

interface SettingGroupProps {
  readonly name: SettingName;
  readonly legend: string;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

/** Several controls for one setting. */
export function SettingGroup({ name, legend, hint, children }: SettingGroupProps) {
  const { touch, faultOf } = useForm();
  const error = faultOf(name);
  return (
    <fieldset className={error ? 'group faulty' : 'group'} onBlur={() => touch(name)}>
      <legend>{legend}</legend>
      {hint && <p className="hint">{hint}</p>}
      {children}
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

interface CodeSettingProps extends Pick<CodeEditorProps, 'language' | 'lines' | 'placeholder'> {
  readonly name: 'condition' | 'template';
  readonly legend: string;
  readonly hint: string;
}

/** A setting that is code. */
export function CodeSetting({ name, legend, hint, ...editor }: CodeSettingProps) {
  const { draft, change, faultOf, failingLineOf } = useForm();
  return (
    <SettingGroup name={name} legend={legend} hint={hint}>
      <CodeEditor
        {...editor}
        label={legend}
        description={faultOf(name) ?? hint}
        invalid={faultOf(name) !== undefined}
        failingLine={failingLineOf(name)}
        value={draft[name] ?? ''}
        onChange={(code) => change({ [name]: code })}
      />
    </SettingGroup>
  );
}

interface SectionProps {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

/** A section of the form. */
export function Section({ title, lead, children }: SectionProps) {
  const titleId = useId();
  return (
    <section className="card section" aria-labelledby={titleId}>
      <header>
        <h2 id={titleId}>{title}</h2>
        {lead && <p className="hint">{lead}</p>}
      </header>
      <div className="stack">{children}</div>
    </section>
  );
}
