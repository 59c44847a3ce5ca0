import type { CookieFacts, Session } from '@coatcheck/api-types';
import { useNews } from '../../browser/news.ts';
import { useWords } from '../../i18n/words.ts';
import { Fact, Facts } from '../../layout/Facts.tsx';
import { LogOut } from '../../layout/LogOut.tsx';
import { Ticket } from '../../ticket/Ticket.tsx';
import type { AccountPageProps } from '../Account.tsx';
import { AccountPage } from '../AccountPage.tsx';
import { Download } from '../Download.tsx';
import { Profile, useProfile } from '../Profile.tsx';
import { useAccountWords } from '../words.ts';

/** The first page of an account: the username, the profile, the facts about this session, and the download. */
export function Overview({ user, conversation }: AccountPageProps) {
  const words = useWords();
  const { account } = words;
  const { data, newPassword, overview } = useAccountWords();
  const { session, cookie } = conversation;
  const profile = useProfile();
  const news = useNews();
  return (
    <AccountPage
      heading={account.title}
      submission={profile.submission}
      beside={session && <p>{overview.explained}</p>}
    >
      {news === 'password-changed' && (
        <p className="reason" role="status">
          {newPassword.done}
        </p>
      )}
      <Facts>
        <Fact name={overview.username}>{user.username}</Fact>
        <Fact name={overview.since}>
          <time dateTime={user.createdAt}>{words.day(user.createdAt)}</time>
        </Fact>
      </Facts>
      <Profile user={user} {...profile} />
      {session && (
        <section aria-labelledby="this-session">
          <h2 id="this-session">{overview.session}</h2>
          <Ticket session={session} name={user.displayName ?? user.username} />
          <SessionFacts session={session} cookie={cookie} />
          <LogOut />
        </section>
      )}
      <section aria-labelledby="data">
        <h2 id="data">{data.title}</h2>
        <p>{data.body}</p>
        <Download user={user} />
      </section>
    </AccountPage>
  );
}

function SessionFacts({ session, cookie }: { session: Session; cookie: CookieFacts }) {
  const words = useWords();
  const { account, ticket } = words;
  const { overview } = useAccountWords();
  const time = (iso: string) => <time dateTime={iso}>{words.when(iso)}</time>;
  const idle = Date.parse(session.idleExpiresAt) - Date.parse(session.lastSeenAt);
  return (
    <Facts>
      <Fact name={overview.device}>
        {ticket.device(session.device.browser, session.device.system) ?? ticket.unknownDevice}
      </Fact>
      <Fact name={overview.address}>
        <span className="exact">{session.address}</span>
      </Fact>
      <Fact name={overview.started}>{time(session.createdAt)}</Fact>
      <Fact name={overview.seen}>{time(session.lastSeenAt)}</Fact>
      <Fact name={overview.ends}>
        {time(session.expiresAt)}
        <span>{`, ${account.endsFirst(words.duration(idle))}`}</span>
      </Fact>
      <Fact name={overview.cookie}>
        <span className="exact">{cookie.name}</span>
        <span>{`, ${session.remember ? overview.remembered : overview.forgotten}`}</span>
      </Fact>
    </Facts>
  );
}
