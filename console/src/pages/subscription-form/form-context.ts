import { createContext, useContext } from 'react';
import type { Choices, Draft, SettingName } from './draft.ts';

export interface FormState {
  readonly draft: Draft;
  /** ID of the edited subscription; undefined for a new one. */
  readonly id: string | undefined;
  /** Choose settings; an undefined one gets its default again. */
  change(settings: Choices): void;
  /** Show the faults of a setting from now on. */
  touch(name: SettingName): void;
  /** Return the fault to show beside a setting. */
  faultOf(name: SettingName): string | undefined;
  /** Return the line of a setting's text at which the preview failed, from 1. */
  failingLineOf(name: SettingName): number | undefined;
}

export const FormContext = createContext<FormState | undefined>(undefined);

export function useForm(): FormState {
  const form = useContext(FormContext);
  if (form === undefined) throw new Error('There is no form.');
  return form;
}
