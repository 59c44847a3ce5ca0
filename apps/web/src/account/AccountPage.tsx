import type { ComponentProps } from 'react';
import { Link, useLocation } from 'wouter';
import { type AccountPath, accountPages } from '../browser/pages.ts';
import { Back } from '../layout/Back.tsx';
import { Page } from '../layout/Page.tsx';
import { useAccountWords } from './words.ts';

/** The pages that every page of the account links to. The first of them leads to the others. */
const linkedPages = [
  '/account',
  '/account/sessions',
  '/account/activity',
  '/account/ways',
] as const satisfies AccountPath[];

/** A page of the account, with the links to the others above its heading. */
export function AccountPage(page: Omit<ComponentProps<typeof Page>, 'among'>) {
  return <Page {...page} among={<Links />} />;
}

function Links() {
  const words = useAccountWords();
  const [path] = useLocation();
  return (
    <nav className="account-pages" aria-label={words.area.title}>
      {linkedPages.map((page) => (
        <Link key={page} href={page} aria-current={page === path ? 'page' : undefined}>
          {words[accountPages[page].words].link}
        </Link>
      ))}
      <Back className="back" />
    </nav>
  );
}
