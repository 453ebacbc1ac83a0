import type { Attempt } from '../../../client/index.ts';
import { attemptStatus } from '../api/attempts.ts';
import { duration } from '../format/time.ts';
import { useLanguage, useText } from '../i18n/language.tsx';
import { ExactTime } from '../ui/moment.tsx';
import { StatusBadge } from '../ui/status.tsx';
import { AttemptLink } from './attempt-link.tsx';
import { messages } from './messages.ts';
import { NextAttempt } from './next-attempt.tsx';
import { Reason } from './reason.tsx';

interface TimeLineProps {
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
  /** ID of the attempt that is shown. */
  readonly current?: string;
}

/** The attempts of a delivery, and when the next one is due. */
export function TimeLine({ attempts, current }: TimeLineProps) {
  const t = useText(messages);
  const { language } = useLanguage();
  const next = attempts.at(-1)?.nextAttemptAt ?? null;
  return (
    <ol className="time-line">
      {attempts.map((attempt) => (
        <li key={attempt.id} aria-current={attempt.id === current ? 'step' : undefined}>
          <StatusBadge status={attemptStatus(attempt)} />
          <div>
            <AttemptLink attempt={attempt}>
              <strong>{t('title', { number: attempt.number })}</strong>
            </AttemptLink>{' '}
            <span className="muted">· {t(attempt.trigger)}</span>
            <br />
            <Reason attempt={attempt} />{' '}
            <span className="muted">
              {duration(attempt.durationMs, language)} · <ExactTime at={attempt.at} />
            </span>
          </div>
        </li>
      ))}
      {next !== null && (
        <li>
          <StatusBadge status="pending" />
          <div>
            <NextAttempt at={next} />
          </div>
        </li>
      )}
    </ol>
  );
}
