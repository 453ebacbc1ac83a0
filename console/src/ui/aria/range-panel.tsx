import { parseAbsolute, type ZonedDateTime } from '@internationalized/date';
import { type FormEvent, type RefObject, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { useText } from '../../i18n/language.tsx';
import { useZone } from '../../i18n/times.tsx';
import { Button } from '../button.tsx';
import { FieldError } from '../field.tsx';
import type { TimeRange } from '../range.ts';
import { rangeMessages } from '../range-messages.ts';
import { AriaPopover } from './aria-popover.tsx';
import { AriaRoot } from './aria-root.tsx';
import { DateTimeField } from './date-time-field.tsx';
import { Days } from './days.tsx';

const HOUR_MS = 3_600_000;
const PRESETS = [
  ['hour', HOUR_MS],
  ['day', 24 * HOUR_MS],
  ['week', 7 * 24 * HOUR_MS],
] as const;

interface RangePanelProps {
  readonly range: TimeRange;
  readonly trigger: RefObject<HTMLElement | null>;
  onApply(range: TimeRange): void;
  onClose(): void;
}

/** A popover to choose a time range: by a preset, by days, or to the minute. */
export default function RangePanel({ range, trigger, onApply, onClose }: RangePanelProps) {
  const t = useText(rangeMessages);
  return (
    <AriaRoot>
      <AriaPopover
        isOpen
        target={trigger}
        triggerRef={trigger}
        placement="bottom start"
        onOpenChange={(isOpen) => !isOpen && onClose()}
      >
        <Dialog className="range" aria-label={t('time')}>
          <fieldset className="presets">
            <legend className="visually-hidden">{t('presets')}</legend>
            {PRESETS.map(([name, length]) => (
              <Button
                key={name}
                onClick={() =>
                  onApply({ since: new Date(Date.now() - length).toISOString(), until: undefined })
                }
              >
                {t(name)}
              </Button>
            ))}
          </fieldset>
          <RangeForm range={range} onApply={onApply} />
        </Dialog>
      </AriaPopover>
    </AriaRoot>
  );
}

function RangeForm({ range, onApply }: Pick<RangePanelProps, 'range' | 'onApply'>) {
  const t = useText(rangeMessages);
  const { zone } = useZone();
  const timeZone = zone === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
  const parse = (at: string | undefined) => (at === undefined ? null : parseAbsolute(at, timeZone));
  const [since, setSince] = useState(() => parse(range.since));
  const [until, setUntil] = useState(() => parse(range.until));
  const isBackwards = since !== null && until !== null && since.compare(until) > 0;
  function submit(event: FormEvent) {
    event.preventDefault();
    // React tells a form around the popover, too.
    event.stopPropagation();
    if (!isBackwards) onApply({ since: isoOf(since), until: isoOf(until) });
  }
  return (
    <form
      onSubmit={submit}
      onKeyDownCapture={(event) => {
        // The parts of a date are no inputs, in which Enter would submit the form.
        if (event.key !== 'Enter' || !(event.target as Element).matches('.segment')) return;
        event.preventDefault();
        event.currentTarget.requestSubmit();
      }}
      noValidate
    >
      <Days
        since={since}
        until={until}
        timeZone={timeZone}
        onChange={(from, to) => {
          setSince(from);
          setUntil(to);
        }}
      />
      <DateTimeField label={t('since')} value={since} timeZone={timeZone} onChange={setSince} />
      <DateTimeField label={t('until')} value={until} timeZone={timeZone} onChange={setUntil} />
      {isBackwards && <FieldError>{t('backwards')}</FieldError>}
      <footer>
        <Button onClick={() => onApply({ since: undefined, until: undefined })}>{t('clear')}</Button>
        <Button kind="primary" type="submit" disabled={isBackwards}>
          {t('apply')}
        </Button>
      </footer>
    </form>
  );
}

const isoOf = (at: ZonedDateTime | null): string | undefined => at?.toDate().toISOString();
