import { now, type ZonedDateTime } from '@internationalized/date';
import { DateField, DateInput, DateSegment } from 'react-aria-components/DateField';
import { Label } from 'react-aria-components/Label';

interface DateTimeFieldProps {
  readonly label: string;
  readonly value: ZonedDateTime | null;
  readonly timeZone: string;
  onChange(value: ZonedDateTime | null): void;
}

/** A date and a time to the minute, typed part by part, in the order of the user's region. */
export function DateTimeField({ label, value, timeZone, onChange }: DateTimeFieldProps) {
  return (
    <DateField<ZonedDateTime>
      className="field"
      granularity="minute"
      placeholderValue={now(timeZone).set({ hour: 0, minute: 0, second: 0, millisecond: 0 })}
      value={value}
      onChange={onChange}
    >
      <Label>{label}</Label>
      <DateInput className="date-input">
        {(segment) => <DateSegment className="segment" segment={segment} />}
      </DateInput>
    </DateField>
  );
}
