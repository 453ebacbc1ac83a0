import { useMemo, useState } from 'react';
import type { Fault } from '../../api/api-error.ts';
import type { PreviewFault } from '../../api/types.ts';
import { useLabels } from '../../i18n/language.tsx';
import { type Choices, type Draft, draftOf, type SettingName } from './draft.ts';
import { faultMessages } from './fault-messages.ts';
import { formatFaults, headerFaults, isAbout, type SchemaFault, schemaFaults } from './faults.ts';
import type { FormState } from './form-context.ts';

interface FormStateOptions {
  readonly initial: Choices;
  readonly id: string | undefined;
}

/** Hold the draft and its faults: those of the contract's schema at once, those of the API once it has responded. */
export function useFormState({ initial, id }: FormStateOptions) {
  const textOf = useLabels(faultMessages);
  const [choices, setChoices] = useState(initial);
  const draft = useMemo(() => draftOf(choices), [choices]);
  const [touched, setTouched] = useState<ReadonlySet<SettingName>>(new Set());
  const [submitted, setSubmitted] = useState(false);
  const [refused, setRefused] = useState<readonly Fault[]>([]);
  const [failing, setFailing] = useState<PreviewFault>();
  const localFaults = useMemo(
    () => [
      ...urlFaults(draft),
      ...headerFaults(initial, draft),
      ...formatFaults(draft),
      ...schemaFaults(draft),
    ],
    [initial, draft],
  );

  const describe = ({ path, keyword, bound }: SchemaFault) =>
    textOf(`${path.split('.')[0]}.${keyword}`) ?? textOf(keyword, { bound }) ?? textOf('other');
  const touch = (name: SettingName) =>
    setTouched((former) => (former.has(name) ? former : new Set(former).add(name)));
  const form: FormState = {
    draft,
    id,
    change(settings) {
      setChoices((former) => ({ ...former, ...settings }));
      // Another URL needs the values of headers again.
      if ('url' in settings || 'dynamicUrl' in settings) touch('headers');
    },
    touch,
    faultOf(name) {
      if (!submitted && !touched.has(name)) return undefined;
      const fault = localFaults.find(({ path }) => isAbout(path, name));
      return fault ? describe(fault) : refused.find(({ path }) => isAbout(path, name))?.message;
    },
    failingLineOf: (name) => (failing?.setting === name ? failing.line : undefined),
  };
  return {
    form,
    hasChanges: JSON.stringify(draft) !== JSON.stringify(draftOf(initial)),
    isValid: localFaults.length === 0,
    /** Set the faults that the API reported. */
    refuse: setRefused,
    /** Set where the preview failed. */
    setFailing,
    showAll: () => setSubmitted(true),
  };
}

/** Check the URL, for which the schema allows any text. The API checks its destination. */
function urlFaults({ url, dynamicUrl }: Draft): SchemaFault[] {
  const isUrl = dynamicUrl ? url !== '' : /^https?:\/\/[^/]/i.test(url) && URL.canParse(url);
  return isUrl ? [] : [{ path: 'url', keyword: 'format', bound: '' }];
}
