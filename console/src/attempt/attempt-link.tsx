import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type AttemptName, useOpenAttempt } from './use-open-attempt.ts';

interface AttemptLinkProps {
  readonly attempt: AttemptName;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A link to an attempt's dialog on this page. From one attempt to the next is no step back. */
export function AttemptLink({ attempt, ...others }: AttemptLinkProps) {
  const { open, hrefOf } = useOpenAttempt();
  return <Link href={hrefOf(attempt)} replace={open !== undefined} {...others} />;
}
