import {
  CalendarDateTime,
  toCalendarDate,
  today,
  toZoned,
  type ZonedDateTime,
} from '@internationalized/date';
import { Button } from 'react-aria-components/Button';
import {
  CalendarCell,
  CalendarGrid,
  CalendarHeading,
  RangeCalendar,
} from 'react-aria-components/RangeCalendar';
import { Icon } from '../icon.tsx';

interface DaysProps {
  readonly since: ZonedDateTime | null;
  readonly until: ZonedDateTime | null;
  readonly timeZone: string;
  /** Takes the beginning of the first day and the end of the last one. */
  onChange(since: ZonedDateTime, until: ZonedDateTime): void;
}

/** A calendar to choose the first and the last day of a range. */
export function Days({ since, until, timeZone, onChange }: DaysProps) {
  const isRange = since !== null && until !== null && since.compare(until) <= 0;
  const defined = since ?? until;
  return (
    <RangeCalendar
      className="days"
      value={isRange ? { start: toCalendarDate(since), end: toCalendarDate(until) } : null}
      defaultFocusedValue={defined === null ? today(timeZone) : toCalendarDate(defined)}
      onChange={({ start, end }) =>
        onChange(
          toZoned(start, timeZone),
          toZoned(new CalendarDateTime(end.year, end.month, end.day, 23, 59, 59, 999), timeZone),
        )
      }
    >
      <header>
        <Button slot="previous" className="icon-button">
          <Icon name="back" />
        </Button>
        <CalendarHeading />
        <Button slot="next" className="icon-button">
          <Icon name="forward" />
        </Button>
      </header>
      <CalendarGrid>{(date) => <CalendarCell date={date} className="day" />}</CalendarGrid>
    </RangeCalendar>
  );
}
