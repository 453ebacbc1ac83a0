import { Link, useLocation } from 'wouter';

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly href: string; readonly label: string }[];
}

/** Sections of a page, each with its own address. */
export function Tabs({ label, tabs }: TabsProps) {
  const [location] = useLocation();
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ href, label }) => (
        <Link key={href} href={href} aria-current={location === href ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
