import { useMemo, useState } from 'react';
import type { Fault } from '../../api/api-error.ts';
import { useText } from '../../i18n/language.tsx';
import type { Draft, SettingName } from './draft.ts';
import { faultMessages } from './fault-messages.ts';
import { isAbout, type SchemaFault, schemaFaults } from './faults.ts';
import type { FormState } from './form-context.ts';

interface FormStateOptions {
  readonly initial: Draft;
  readonly id: string | undefined;
}

/** The draft, and what is wrong with it: by the contract's schema at once, by the API as soon as it has said so. */
export function useFormState({ initial, id }: FormStateOptions) {
  const t = useText(faultMessages);
  const [draft, setDraft] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<SettingName>>(new Set());
  const [submitted, setSubmitted] = useState(false);
  const [refused, setRefused] = useState<readonly Fault[]>([]);
  const own = useMemo(() => [...urlFaults(draft), ...schemaFaults(draft)], [draft]);

  const say = ({ path, keyword, bound }: SchemaFault) => {
    const special = `${path.split('.')[0]}.${keyword}`;
    if (special in faultMessages) return t(special as keyof typeof faultMessages);
    return t(keyword in faultMessages ? (keyword as keyof typeof faultMessages) : 'other', { bound });
  };
  const form: FormState = {
    draft,
    id,
    change: (settings) => setDraft((former) => ({ ...former, ...settings })),
    touch: (name) => setTouched((former) => (former.has(name) ? former : new Set(former).add(name))),
    faultOf(name) {
      if (!submitted && !touched.has(name)) return undefined;
      const fault = own.find(({ path }) => isAbout(path, name));
      return fault ? say(fault) : refused.find(({ path }) => isAbout(path, name))?.message;
    },
  };
  return {
    form,
    isValid: own.length === 0,
    /** What the API said of the draft. */
    refuse: setRefused,
    showAll: () => setSubmitted(true),
  };
}

/** The schema takes any text: the API looks at what it leads to. */
function urlFaults({ url, dynamicUrl }: Draft): SchemaFault[] {
  const isUrl = dynamicUrl ? url !== '' : /^https?:\/\/[^/]/i.test(url) && URL.canParse(url);
  return isUrl ? [] : [{ path: 'url', keyword: 'format', bound: '' }];
}
