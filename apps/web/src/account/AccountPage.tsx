import type { ComponentProps } from 'react';
import { Link, useLocation } from 'wouter';
import { accountPages } from '../browser/pages.ts';
import { Page } from '../layout/Page.tsx';
import { useAccountWords } from './words.ts';

/** A page of the account, with the links to the others above its heading. */
export function AccountPage(page: Omit<ComponentProps<typeof Page>, 'among'>) {
  return <Page {...page} among={<Links />} />;
}

function Links() {
  const words = useAccountWords();
  const [path] = useLocation();
  return (
    <nav className="account-pages" aria-label={words.area.title}>
      {Object.entries(accountPages).map(([page, entry]) => (
        <Link key={page} href={page} aria-current={page === path ? 'page' : undefined}>
          {words[entry.words].link}
        </Link>
      ))}
    </nav>
  );
}
