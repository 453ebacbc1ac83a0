import type { Attempt } from '../../../../client/index.ts';
import { attemptStatus } from '../../api/attempts.ts';
import { AttemptLink } from '../../attempt/attempt-link.tsx';
import type { Course } from '../../attempt/course.ts';
import { Reason } from '../../attempt/reason.tsx';
import { Verdict } from '../../attempt/verdict.tsx';
import { duration } from '../../format/time.ts';
import { useLanguage, useText } from '../../i18n/language.tsx';
import { Moment } from '../../ui/moment.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { messages } from './messages.ts';
import { canBeChosen, type Selection } from './use-selection.ts';

interface AttemptRowProps {
  readonly attempt: Attempt;
  readonly course: Course;
  /** The subscription's name, in a list of several. */
  readonly subscription?: string;
  /** None for those who cannot make deliveries again. */
  readonly selection: Selection | undefined;
}

export function AttemptRow({ selection, ...row }: AttemptRowProps) {
  const t = useText(messages);
  if (selection === undefined) return <Row {...row} />;
  const { attempt } = row;
  return (
    <div className="selectable">
      <label>
        <input
          type="checkbox"
          aria-label={t('select', { id: attempt.eventId, number: attempt.number })}
          checked={selection.has(attempt)}
          disabled={!canBeChosen(attempt)}
          onChange={() => selection.toggle(attempt)}
        />
      </label>
      <Row {...row} />
    </div>
  );
}

function Row({ attempt, course, subscription }: Omit<AttemptRowProps, 'selection'>) {
  const { language } = useLanguage();
  return (
    <AttemptLink attempt={attempt} className="row attempt-row">
      <StatusBadge status={attemptStatus(attempt)} />
      <span className="row-main">
        {subscription !== undefined && <strong className="clip">{subscription}</strong>}
        <strong className="mono">{attempt.eventType}</strong>
        <span className="mono muted clip">{attempt.eventId}</span>
      </span>
      <span className="row-main">
        <span className="clip">
          <Reason attempt={attempt} />
        </span>
        <span className="muted">
          <Verdict attempt={attempt} course={course} />
        </span>
      </span>
      <span className="number muted">{duration(attempt.durationMs, language)}</span>
      <span className="muted when">
        <Moment at={attempt.at} />
      </span>
    </AttemptLink>
  );
}
