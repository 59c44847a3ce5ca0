import { useState } from 'react';
import { Link } from 'wouter';
import { isPage, leadingTo, useNext } from '../browser/next.ts';
import { checkRegistration } from '../form/new/checks.ts';
import { useNewPasswordWords } from '../form/new/words.ts';
import { useSubmission } from '../form/submission.ts';
import { useWords } from '../i18n/words.ts';
import { Contact } from '../layout/Contact.tsx';
import { Page } from '../layout/Page.tsx';
import { AlreadyLoggedIn } from '../screens/AlreadyLoggedIn.tsx';
import { GoingOn } from '../screens/GoingOn.tsx';
import { useGoOn } from '../screens/GoOn.tsx';
import { LoggedInMeanwhile } from '../screens/LoggedInMeanwhile.tsx';
import { client, useApp, visitor } from '../session/current.ts';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { NewAccountForm } from './NewAccountForm.tsx';
import { useEnterWords } from './words.ts';

const inputs = { '#/username': 'new-username', '#/password': 'new-password' };

/** The form that makes an account and logs in. */
export function Register({ state: { conversation, hasNewTicket } }: { state: KnownVisitor }) {
  const words = useWords();
  const { register } = useEnterWords();
  const { house, passwordMinLength: minLength, user } = conversation;
  const next = useNext(house.leadsTo);
  const app = useApp();
  const place = next ?? app;
  const goOn = useGoOn(place, 'registered');
  const fields = { password: useNewPasswordWords().field };
  const submission = useSubmission(
    async (typed, signal) => {
      const registration = {
        username: String(typed.get('new-username')).trim(),
        password: String(typed.get('new-password')),
        remember: typed.has('new-remember'),
      };
      const errors = checkRegistration(registration, minLength);
      if (errors.length > 0) return { type: 'mistyped', errors };
      const call = client.POST('/register', { body: registration, signal });
      return visitor.begin(call, registration.username, { signal, onSuccess: goOn });
    },
    inputs,
    fields,
  );

  const [wasLoggedIn] = useState(user !== null);
  if (user && hasNewTicket && place && !isPage(place)) {
    return <GoingOn heading={words.register.done(user.username)} next={place} />;
  }
  if (wasLoggedIn && user) return <AlreadyLoggedIn user={user} next={next} />;

  const logIn = leadingTo('/login', next?.href);
  if (house.registration !== 'open') {
    const isClosed = house.registration === 'closed';
    return (
      <Page heading={isClosed ? words.register.closed : register.byInvitation}>
        <p className="lead">{isClosed ? register.byOperator : register.invitation}</p>
        {house.contact && (
          <p>
            <Contact before={`${words.contact}:`} />
          </p>
        )}
        <div className="actions">
          <Link href={logIn} className="button">
            {words.logIn.title}
          </Link>
        </div>
      </Page>
    );
  }

  return (
    <Page
      heading={house.name ? register.at(house.name) : words.register.title}
      title={words.register.title}
      submission={submission}
    >
      {next?.host && <p className="lead">{words.goOn.wanted(next.host)}</p>}
      {user && <LoggedInMeanwhile user={user} next={next} />}
      <NewAccountForm submission={submission} minLength={minLength}>
        {submission.failure?.type === '/problems/username-taken' && (
          <p className="alone">
            <Link href={logIn} state={{ username: submission.username }}>
              {register.logInAs(submission.username.toLowerCase())}
            </Link>
          </p>
        )}
      </NewAccountForm>
      <p>
        {register.instead} <Link href={logIn}>{words.logIn.title}</Link>
      </p>
    </Page>
  );
}
