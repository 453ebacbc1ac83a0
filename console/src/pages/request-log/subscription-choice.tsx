import { useMemo, useState } from 'react';
import { nameOf, useSubscriptionSearch } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { ComboBox } from '../../ui/combo-box.tsx';
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
  const { items, isFetching, hasNextPage } = useSubscriptionSearch(typed ?? '', hasFocus);
  const options = useMemo(() => {
    const found = items.map(({ id, url, name }) => ({ id, text: nameOf({ name, url }), detail: url }));
    return typed ? found : [{ id: ALL, text: t('allSubscriptions') }, ...found];
  }, [items, typed, t]);
  function choose(id: string) {
    setTyped(undefined);
    onChoose(id === ALL ? '' : id);
  }
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
            text={typed ?? (chosen === '' ? '' : name)}
            options={options}
            chosen={chosen === '' ? ALL : chosen}
            empty={t(isFetching || hasNextPage ? 'noneYet' : 'noneTitle')}
            onText={setTyped}
            onChoose={choose}
          />
        )}
      </Field>
    </div>
  );
}
