import type { Attempt } from '../../../client/index.ts';
import { useText } from '../i18n/language.tsx';
import { Moment } from '../ui/moment.tsx';
import { useNow } from '../ui/use-now.ts';
import type { Course } from './course.ts';
import { messages } from './messages.ts';

interface VerdictProps {
  readonly attempt: Attempt;
  readonly course: Course;
  /** How many attempts the delivery has at most, if that is known. */
  readonly most?: number | undefined;
}

/** What became of an attempt and of its delivery: « Attempt 2 of 5 failed, next in 5 min ». */
export function Verdict({ attempt: { outcome, number, trigger }, course, most }: VerdictProps) {
  const t = useText(messages);
  if (trigger === 'test') return t('testRequest');
  if (outcome === 'success') return t('deliveredOn', { number });
  return (
    <>
      {most === undefined || most < number
        ? t('attemptFailed', { number })
        : t('attemptOfFailed', { number, most })}
      , <Then course={course} />
    </>
  );
}

function Then({ course }: { course: Course }) {
  const t = useText(messages);
  const now = useNow();
  switch (course.kind) {
    case 'delivered':
      return t('thenDelivered', { number: course.on });
    case 'retried':
      return t('thenRetried');
    case 'ended':
      return t('thenNothing');
    case 'due':
      return (
        <>
          {t(Date.parse(course.at) > now ? 'thenDue' : 'thenWasDue')} <Moment at={course.at} />
        </>
      );
  }
}
