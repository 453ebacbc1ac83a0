import { chunk } from '../chunks/chunk.tsx';
import { Part } from '../chunks/part.tsx';
import { useText } from '../i18n/language.tsx';
import { useTimes } from '../i18n/times.tsx';
import { Icon } from './icon.tsx';
import type { TimeRange } from './range.ts';
import { rangeMessages } from './range-messages.ts';
import { usePopup } from './use-popup.ts';

const RangePanel = chunk(() => import('./aria/range-panel.tsx'));

interface TimeRangeChoiceProps {
  readonly range: TimeRange;
  onChange(range: TimeRange): void;
}

/** A button that shows a time range in the user's zone, and opens a panel to choose another. */
export function TimeRangeChoice({ range, onChange }: TimeRangeChoiceProps) {
  const t = useText(rangeMessages);
  const { isOpen, trigger, close, onFailure, button } = usePopup({ kind: 'dialog' });
  const text = useRangeText(range);
  return (
    <>
      <button {...button} className="choice-button">
        <Icon name="clock" />
        <span className="visually-hidden">{t('time')}: </span>
        {text}
        <Icon name="unfold" />
      </button>
      {isOpen && (
        <Part onFailure={onFailure}>
          <RangePanel
            range={range}
            trigger={trigger}
            onApply={(chosen) => {
              close();
              onChange(chosen);
            }}
            onClose={close}
          />
        </Part>
      )}
    </>
  );
}

function useRangeText({ since, until }: TimeRange): string {
  const t = useText(rangeMessages);
  const { brief, range } = useTimes();
  if (since !== undefined && until !== undefined) return range(since, until);
  if (since !== undefined) return t('from', { at: brief(since) });
  if (until !== undefined) return t('to', { at: brief(until) });
  return t('any');
}
