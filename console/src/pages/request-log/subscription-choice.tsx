import { useMemo, useState } from 'react';
import type { Subscription } from '../../../../client/index.ts';
import { nameOf } from '../../api/subscriptions.ts';
import { useText } from '../../i18n/language.tsx';
import { ComboBox } from '../../ui/combo-box.tsx';
import { Field } from '../../ui/field.tsx';
import { Scan } from '../../ui/scan.tsx';
import { messages } from './messages.ts';
import { useSubscriptionSearch } from './use-subscription-search.ts';

interface SubscriptionChoiceProps {
  /** None while it loads. */
  readonly shown: Subscription | undefined;
  onChoose(id: string): void;
}

/** A combo box that looks for a subscription by name, URL or id. */
export function SubscriptionChoice({ shown, onChoose }: SubscriptionChoiceProps) {
  const t = useText(messages);
  const [hasFocus, setHasFocus] = useState(false);
  const [typed, setTyped] = useState<string>();
  const search = useSubscriptionSearch(typed ?? '', hasFocus);
  const options = useMemo(
    () => search.found.map(({ id, url, ...rest }) => ({ id, text: nameOf({ url, ...rest }), detail: url })),
    [search.found],
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only sees the focus come and go.
    <div
      className="log-subscription"
      onFocus={() => setHasFocus(true)}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (currentTarget.contains(relatedTarget)) return;
        setHasFocus(false);
        setTyped(undefined);
      }}
    >
      <Field label={t('subscription')}>
        {(control) => (
          <ComboBox
            control={control}
            label={t('subscription')}
            text={typed ?? (shown === undefined ? '' : nameOf(shown))}
            options={options}
            {...(shown && { chosen: shown.id })}
            empty={t(search.isFetching || search.hasNextPage ? 'noneYet' : 'noneTitle')}
            onText={setTyped}
            onChoose={(id) => {
              setTyped(undefined);
              onChoose(id);
            }}
          />
        )}
      </Field>
      {typed && <Scan list={search} found={search.found.length} />}
    </div>
  );
}
