import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { unwrap } from '../../api/api-error.ts';
import type { ReplayRequest } from '../../api/types.ts';
import { fieldTime, toField } from '../../format/time.ts';
import { useText } from '../../i18n/language.tsx';
import { useZone } from '../../i18n/times.tsx';
import { useSession } from '../../session/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Failure } from '../../ui/states.tsx';
import { watchJob } from './replay-job.ts';
import { replayMessages } from './replay-messages.ts';

const CHOICES = ['failed', 'missing', 'all'] as const;
const DAY_MS = 86_400_000;

export function ReplayDialog({ subscriptionId, onClose }: { subscriptionId: string; onClose(): void }) {
  const t = useText(replayMessages);
  const { client, project } = useSession();
  const { zone } = useZone();
  const [since, setSince] = useState(() => toField(new Date(Date.now() - DAY_MS).toISOString(), zone));
  const [until, setUntil] = useState('');
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
  const from = fieldTime(since, zone);
  const to = fieldTime(until, zone);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (from !== undefined) replay.mutate({ since: from, ...(to && { until: to }), only });
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
          <div className="columns halves">
            <Field label={t('since')} error={from === undefined ? t('needsSince') : undefined}>
              {(control) => (
                <input
                  {...control}
                  type="datetime-local"
                  value={since}
                  onChange={({ target }) => setSince(target.value)}
                />
              )}
            </Field>
            <Field label={t('until')} hint={t('untilHint')}>
              {(control) => (
                <input
                  {...control}
                  type="datetime-local"
                  value={until}
                  onChange={({ target }) => setUntil(target.value)}
                />
              )}
            </Field>
          </div>
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
