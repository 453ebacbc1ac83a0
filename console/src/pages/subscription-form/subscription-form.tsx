import { type FormEvent, useRef, useState } from 'react';
import { type NavigateOptions, useLocation } from 'wouter';
import { ApiError } from '../../api/api-error.ts';
import { useText } from '../../i18n/language.tsx';
import { useUnsavedChanges } from '../../navigation/unsaved-changes.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Failure } from '../../ui/states.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { BodySection } from './body-section.tsx';
import { ConditionSection } from './condition-section.tsx';
import { DeliverySection } from './delivery-section.tsx';
import { DestinationSection } from './destination-section.tsx';
import type { Choices, Draft } from './draft.ts';
import { EventsSection } from './events-section.tsx';
import { settingFaults } from './faults.ts';
import { FormContext } from './form-context.ts';
import { messages } from './messages.ts';
import { PresetBar } from './preset-bar.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { SecuritySection } from './security-section.tsx';
import { useFormState } from './use-form-state.ts';

interface SubscriptionFormProps {
  /** None for a new subscription; all of an existing one, so that changing its format leaves the others unchanged. */
  readonly initial: Choices;
  readonly id: string | undefined;
  readonly submitLabel: string;
  /** Target of the cancel button. */
  readonly cancelHref: string;
  /** Save the settings. @returns where to go next @throws ApiError with the faults of the settings */
  onSubmit(draft: Draft): Promise<readonly [address: string, options?: NavigateOptions]>;
}

/** The form for all settings of a subscription, with a preview of the request beside it. */
export function SubscriptionForm({ initial, id, submitLabel, cancelHref, onSubmit }: SubscriptionFormProps) {
  const t = useText(messages);
  const showToast = useToast();
  const element = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const { form, hasChanges, isValid, refuse, setFailing, showAll } = useFormState({ initial, id });
  const [, go] = useLocation();
  const saved = useUnsavedChanges(hasChanges);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setFailure(undefined);
    showAll();
    if (!isValid) return focusFirstFault();
    setBusy(true);
    try {
      const next = await onSubmit(form.draft);
      saved();
      go(...next);
    } catch (error) {
      setBusy(false);
      if (!(error instanceof Error)) throw error;
      if (!(error instanceof ApiError) || error.faults.length === 0) return setFailure(error);
      refuse(settingFaults(error.faults));
      focusFirstFault();
    }
  }

  /** Focus the first invalid setting once it has been rendered as invalid. */
  function focusFirstFault() {
    showToast(t('invalid'), 'bad');
    requestAnimationFrame(() => {
      const first = element.current?.querySelector('.faulty');
      const control = first?.querySelector<HTMLElement>('input:not(:disabled), select, textarea');
      (control ?? first)?.scrollIntoView({ block: 'center' });
      control?.focus();
    });
  }

  return (
    <FormContext value={form}>
      <form ref={element} className="subscription-form" onSubmit={submit} noValidate>
        <div className="stack">
          {id === undefined && <PresetBar />}
          <DestinationSection />
          <EventsSection />
          <ConditionSection />
          <BodySection />
          <SecuritySection />
          <DeliverySection />
          {failure && <Failure error={failure} />}
          <div className="form-actions">
            <Button kind="primary" type="submit" busy={busy}>
              {submitLabel}
            </Button>
            <ButtonLink href={cancelHref}>{t('cancel')}</ButtonLink>
          </div>
        </div>
        <PreviewPanel onRefused={refuse} onFailing={setFailing} />
      </form>
    </FormContext>
  );
}
