import type { LinkVoidReason } from '@coatcheck/api-types';
import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { Contact } from '../layout/Contact.tsx';
import { Page } from '../layout/Page.tsx';
import { RetryNotice } from '../layout/RetryNotice.tsx';
import { GoOn } from '../screens/GoOn.tsx';
import type { TimedFailure } from '../session/failure.ts';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { useEnterWords } from './words.ts';

/** Stands in place of a link that the page does not have: the page was loaded anew, or the URL had no token. */
export function LostLink({ state }: { state: KnownVisitor }) {
  const { link } = useEnterWords();
  return <NoLink {...link.lost} state={state} />;
}

/** Stands in place of a link that is good for nothing. */
export function VoidLink({ reason, state }: { reason: LinkVoidReason; state: KnownVisitor }) {
  const { link } = useEnterWords();
  const { user } = state.conversation;
  const { title, body } = link.voids[reason];
  return (
    <NoLink
      title={title}
      body={user && reason === 'used' ? link.usedBy(user.displayName ?? user.username) : body}
      state={state}
    />
  );
}

function NoLink({ title, body, state }: { title: string; body: string; state: KnownVisitor }) {
  const words = useWords();
  const { link } = useEnterWords();
  return (
    <Page heading={title}>
      <p className="lead">{body}</p>
      <p>
        {state.conversation.house.contact ? <Contact before={link.help} /> : <span>{link.askSender}</span>}
      </p>
      <div className="actions">
        {state.conversation.user ? (
          <GoOn />
        ) : (
          <Link href="/login" className="button quiet">
            {words.logIn.action}
          </Link>
        )}
      </div>
    </Page>
  );
}

/** Stands in place of a link about which the server has not told. @param retry asks the server now */
export function UnopenedLink({ failure, retry }: { failure: TimedFailure; retry: () => void }) {
  const { link } = useEnterWords();
  return (
    <Page heading={link.notLookedAt}>
      <RetryNotice failure={failure} retry={retry} />
    </Page>
  );
}
