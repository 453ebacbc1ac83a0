import type { Attempt } from '../../../../client/index.ts';
import { attemptStatus } from '../../api/attempts.ts';
import { Reason } from '../../attempt/reason.tsx';
import { duration } from '../../format/time.ts';
import { useLanguage, useText } from '../../i18n/language.tsx';
import { Moment } from '../../ui/moment.tsx';
import { StatusBadge } from '../../ui/status.tsx';
import { messages } from './messages.ts';
import { canBeChosen, type Selection } from './use-selection.ts';

interface AttemptRowProps {
  readonly attempt: Attempt;
  /** None for those who cannot make deliveries again. */
  readonly selection: Selection | undefined;
  onOpen(): void;
}

export function AttemptRow({ attempt, selection, onOpen }: AttemptRowProps) {
  const t = useText(messages);
  if (selection === undefined) return <AttemptButton attempt={attempt} onOpen={onOpen} />;
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
      <AttemptButton attempt={attempt} onOpen={onOpen} />
    </div>
  );
}

function AttemptButton({ attempt, onOpen }: Pick<AttemptRowProps, 'attempt' | 'onOpen'>) {
  const t = useText(messages);
  const { language } = useLanguage();
  return (
    <button type="button" className="row attempt-row" onClick={onOpen}>
      <StatusBadge status={attemptStatus(attempt)} />
      <span className="row-main">
        <strong className="mono">{attempt.eventType}</strong>
        <span className="mono muted clip">{attempt.eventId}</span>
      </span>
      <span className="clip">
        <Reason attempt={attempt} />
      </span>
      <span className="muted">
        {attempt.trigger === 'test' ? t('test') : t('attempt', { number: attempt.number })}
      </span>
      <span className="number muted">{duration(attempt.durationMs, language)}</span>
      <span className="muted when">
        <Moment at={attempt.at} />
      </span>
    </button>
  );
}
