import type { User } from '@coatcheck/api-types';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { AccountPath } from '../browser/pages.ts';
import { Download } from './Download.tsx';
import { useQuery } from './query.ts';
import { askForSessions } from './sessions.ts';
import { askForLoginMethods } from './ways/login-methods.ts';
import { useAccountWords } from './words.ts';

/** The ways from the first page of the account to what needs a page of its own, and the download of the data. */
export function Doors({ user }: { user: User }) {
  const { data, doors, leave, newPassword, sessions, ways } = useAccountWords();
  const [asked] = useQuery(askForSessions);
  const [methods] = useQuery(askForLoginMethods);
  return (
    <section aria-labelledby="doors">
      <h2 id="doors">{doors.title}</h2>
      <ul className="doors">
        <Door href="/account/sessions" name={sessions.link}>
          {asked.is === 'known' && doors.sessions(asked.data.sessions.length)}
        </Door>
        <Door href="/account/ways" name={ways.title}>
          {methods.is === 'known' && doors.codes(methods.data.recoveryCodesLeft)}
        </Door>
        <Door href="/account/password" name={newPassword.link} />
        <li className="data">
          <p>
            <b>{data.title}</b>
          </p>
          <p className="hint">{data.body}</p>
          <Download
            user={user}
            action={
              <>
                <span>{data.action}</span>
                <span className="unseen">{data.ofWhat}</span>
              </>
            }
          />
        </li>
        <Door href="/account/leave" name={leave.link} />
      </ul>
    </section>
  );
}

function Door({ href, name, children }: { href: AccountPath; name: string; children?: ReactNode }) {
  return (
    <li>
      <Link href={href}>
        <b>{name}</b> <span className="hint">{children}</span>
      </Link>
    </li>
  );
}
