import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link } from 'wouter';
import { Icon, type IconName } from './icon.tsx';

type Kind = 'primary' | 'plain' | 'danger' | 'quiet';

interface Look {
  readonly kind?: Kind;
  readonly icon?: IconName;
  readonly children: ReactNode;
}

interface ButtonProps extends Look, Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'className'> {
  /** The action of the button is in progress. It keeps the focus, but another press has no effect. */
  readonly busy?: boolean;
}

export function Button({ kind = 'plain', icon, busy = false, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`button ${kind}`}
      aria-busy={busy}
      {...(busy && { 'aria-disabled': true, onClick: (event) => event.preventDefault() })}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A link styled as a button. */
export function ButtonLink({ kind = 'plain', icon, href, children }: Look & { href: string }) {
  return (
    <Link href={href} className={`button ${kind}`}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}
