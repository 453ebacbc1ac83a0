import { useMemo, useState } from 'react';
import { nameOf, useSubscriptionSearch } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { ComboBox } from '../../ui/combo-box.tsx';
import type { Option } from '../../ui/combo-box-props.ts';
import { Field } from '../../ui/field.tsx';
import { messages } from './messages.ts';

interface SubscriptionChoiceProps {
  /** The id of the chosen subscription, or an empty string for all. */
  readonly chosen: string;
  readonly name: string;
  onChoose(id: string): void;
}

/** No subscription has this id. */
const ALL = 'all';

/** A combo box in which the API looks for a subscription by name, host or id. */
export function SubscriptionChoice({ chosen, name, onChoose }: SubscriptionChoiceProps) {
  const t = useText(messages);
  const [hasFocus, setHasFocus] = useState(false);
  const [typed, setTyped] = useState<string>();
  // Its name is known before the page has loaded it: a text that changes by itself would open the list again.
  const [picked, setPicked] = useState<Option>();
  const { items, isOver, error } = useSubscriptionSearch(typed ?? '', hasFocus);
  const options = useMemo(() => {
    const found = items.map(({ id, url, name }) => ({ id, text: nameOf({ name, url }), detail: url }));
    return typed ? found : [{ id: ALL, text: t('allSubscriptions') }, ...found];
  }, [items, typed, t]);
  function choose(id: string) {
    setTyped(undefined);
    setPicked(options.find((option) => option.id === id));
    onChoose(id === ALL ? '' : id);
  }
  const nameOfChosen = picked?.id === chosen ? picked.text : name;
  const textOfChosen = chosen === '' ? '' : nameOfChosen;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only sees the focus come and go.
    <div
      className="subscription-choice"
      onFocus={() => setHasFocus(true)}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (currentTarget.contains(relatedTarget)) return;
        setHasFocus(false);
        if (typed === '') choose(ALL);
        setTyped(undefined);
      }}
    >
      <Field label={t('subscription')} labelHidden>
        {(control) => (
          <ComboBox
            control={control}
            label={t('subscription')}
            placeholder={t('allSubscriptions')}
            text={typed ?? textOfChosen}
            options={options}
            chosen={chosen === '' ? ALL : chosen}
            empty={error ? error.message : t(isOver ? 'noneTitle' : 'noneYet')}
            onText={setTyped}
            onChoose={choose}
          />
        )}
      </Field>
    </div>
  );
}
