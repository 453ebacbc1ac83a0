import type { ReactNode } from 'react';
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
