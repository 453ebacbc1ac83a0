import { type ReactNode, useId } from 'react';
import { Icon } from './icon.tsx';

/** Props that link a control to its label, hint and error. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
  onBlur?(): void;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** Show the label to screen readers only. */
  readonly labelHidden?: boolean;
  /** Called when the control loses focus. */
  readonly onLeave?: () => void;
  children(control: ControlProps): ReactNode;
}

export function Field({ label, hint, error, labelHidden = false, onLeave, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={error ? 'field faulty' : 'field'}>
      <label htmlFor={id} className={labelHidden ? 'visually-hidden' : undefined}>
        {label}
      </label>
      {children({
        id,
        ...(described !== '' && { 'aria-describedby': described }),
        ...(error && { 'aria-invalid': true }),
        ...(onLeave && { onBlur: onLeave }),
      })}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p className="field-error" id={id} role="alert">
      <Icon name="warning" />
      {children}
    </p>
  );
}

interface SelectProps<T extends string> extends ControlProps {
  readonly value: T;
  /** The offered values with their texts. */
  readonly options: readonly (readonly [value: T, text: string])[];
  onChange(value: T): void;
}

export function Select<T extends string>({ options, onChange, ...control }: SelectProps<T>) {
  return (
    <select {...control} onChange={({ target }) => onChange(target.value as T)}>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}
