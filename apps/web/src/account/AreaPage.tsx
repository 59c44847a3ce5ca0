import type { ComponentProps } from 'react';
import { Link, useLocation } from 'wouter';
import { Page } from '../layout/Page.tsx';
import { useAccountWords } from './words.ts';

/** A page of the account, and the way to the others. */
export function AreaPage(page: Omit<ComponentProps<typeof Page>, 'among'>) {
  return <Page {...page} among={<Pages />} />;
}

function Pages() {
  const { area } = useAccountWords();
  const [path] = useLocation();
  const pages = {
    '/account': area.account,
    '/account/sessions': area.sessions,
    '/account/activity': area.activity,
    '/account/password': area.password,
    '/account/leave': area.leave,
  };
  return (
    <nav className="account-pages" aria-label={area.title}>
      {Object.entries(pages).map(([page, name]) => (
        <Link key={page} href={page} aria-current={page === path ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
