import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unwrap } from '../../api/api-error.ts';
import type { ReplayRequest } from '../../api/types.ts';
import { useText } from '../../i18n/language.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FieldError } from '../../ui/field.tsx';
import type { TimeRange } from '../../ui/range.ts';
import { Failure } from '../../ui/states.tsx';
import { TimeRangeChoice } from '../../ui/time-range.tsx';
import { watchJob } from './replay-job.ts';
import { replayMessages } from './replay-messages.ts';

const CHOICES = ['failed', 'missing', 'all'] as const;
const DAY_MS = 86_400_000;

export function ReplayDialog({ subscriptionId, onClose }: { subscriptionId: string; onClose(): void }) {
  const t = useText(replayMessages);
  const { client, project } = useSession();
  const [{ since, until }, setRange] = useState<TimeRange>(() => ({
    since: new Date(Date.now() - DAY_MS).toISOString(),
    until: undefined,
  }));
  const [only, setOnly] = useState<(typeof CHOICES)[number]>('failed');
  const replay = useMutation({
    mutationFn: (body: ReplayRequest) =>
      unwrap(
        client.POST('/v1/projects/{project}/subscriptions/{id}/replay', {
          params: { path: { project, id: subscriptionId } },
          body,
        }),
      ),
    onSuccess({ id }) {
      watchJob(subscriptionId, id);
      onClose();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (since !== undefined) replay.mutate({ since, ...(until && { until }), only });
  }
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <div className="dialog-body">
          <p className="muted">{t('lead')}</p>
          <fieldset className="group">
            <legend>{t('only')}</legend>
            {CHOICES.map((choice) => (
              <label key={choice} className="choice">
                <input type="radio" name="only" checked={only === choice} onChange={() => setOnly(choice)} />
                {t(choice)}
              </label>
            ))}
          </fieldset>
          <fieldset className="group">
            <legend>{t('accepted')}</legend>
            <div>
              <TimeRangeChoice range={{ since, until }} onChange={setRange} />
            </div>
            {since === undefined && <FieldError>{t('needsSince')}</FieldError>}
            <p className="hint">{t('untilHint')}</p>
          </fieldset>
          {replay.error && <Failure error={replay.error} />}
        </div>
        <footer>
          <Button kind="primary" icon="replay" type="submit" busy={replay.isPending}>
            {t('start')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
