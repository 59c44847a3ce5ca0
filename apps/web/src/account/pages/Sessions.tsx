import { Link } from 'wouter';
import { useLeft } from '../../browser/news.ts';
import type { AccountPageProps } from '../Account.tsx';
import { AccountPage } from '../AccountPage.tsx';
import { QueryView } from '../QueryView.tsx';
import { useQuery } from '../query.ts';
import { SessionList } from '../SessionList.tsx';
import { askForSessions } from '../sessions.ts';
import { useAccountWords } from '../words.ts';

/** The live sessions of an account, with the buttons that end them. */
export function Sessions({ conversation }: AccountPageProps) {
  const { newPassword, sessions } = useAccountWords();
  const [asked, again] = useQuery(askForSessions);
  const { news, endedSessions } = useLeft();
  return (
    <AccountPage heading={sessions.title} beside={<p>{sessions.explained}</p>}>
      {news === 'password-changed' && (
        <p className="done" role="status">
          {newPassword.done(endedSessions)}
        </p>
      )}
      <QueryView asked={asked} again={again}>
        {({ sessions: all }) => (
          <>
            {all.length > 1 && (
              <p>
                {sessions.notYours} <Link href="/account/password">{sessions.changePassword}</Link>.
              </p>
            )}
            <SessionList all={all} cookieName={conversation.cookie.name} />
          </>
        )}
      </QueryView>
    </AccountPage>
  );
}
