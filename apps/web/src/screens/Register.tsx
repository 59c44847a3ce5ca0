import { useState } from 'react';
import { Link } from 'wouter';
import { isPage, leadingTo, useNext } from '../browser/next.ts';
import { checkRegistration } from '../form/checks.ts';
import { Field } from '../form/Field.tsx';
import { PasswordField } from '../form/PasswordField.tsx';
import { Remember } from '../form/Remember.tsx';
import { SubmitButton } from '../form/SubmitButton.tsx';
import { useSubmission } from '../form/submission.ts';
import { useWords } from '../i18n/words.ts';
import { Contact } from '../layout/Contact.tsx';
import { Page } from '../layout/Page.tsx';
import { useApp, visitor } from '../session/current.ts';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { AlreadyLoggedIn } from './AlreadyLoggedIn.tsx';
import { GoingOn } from './GoingOn.tsx';
import { useGoOn } from './GoOn.tsx';
import { LoggedInMeanwhile } from './LoggedInMeanwhile.tsx';

const inputs = { '#/username': 'new-username', '#/password': 'new-password' };

/** The form that makes an account and logs in. */
export function Register({ state: { conversation, hasNewTicket } }: { state: KnownVisitor }) {
  const words = useWords();
  const { house, passwordMinLength: minLength, user } = conversation;
  const next = useNext(house.leadsTo);
  const app = useApp();
  const place = next ?? app;
  const goOn = useGoOn(place, 'registered');
  const submission = useSubmission(async (typed, signal) => {
    const registration = {
      username: String(typed.get('new-username')).trim(),
      password: String(typed.get('new-password')),
      remember: typed.has('new-remember'),
    };
    const errors = checkRegistration(registration, minLength);
    if (errors.length > 0) return { type: 'mistyped', errors };
    return visitor.register(registration, { signal, onSuccess: goOn });
  }, inputs);

  const [wasLoggedIn] = useState(user !== null);
  if (user && hasNewTicket && place && !isPage(place)) {
    return <GoingOn heading={words.register.done(user.username)} next={place} />;
  }
  if (wasLoggedIn && user) return <AlreadyLoggedIn user={user} next={next} />;

  const logIn = leadingTo('/login', next?.href);
  if (house.registration === 'closed') {
    return (
      <Page heading={words.register.closed}>
        <p className="lead">{words.register.byOperator}</p>
        {house.contact && (
          <p>
            <Contact before={words.contact} />
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
      heading={house.name ? words.register.at(house.name) : words.register.title}
      title={words.register.title}
      submission={submission}
    >
      {next?.host && <p className="lead">{words.goOn.wanted(next.host)}</p>}
      {user && <LoggedInMeanwhile user={user} next={next} />}
      <form id="register" noValidate method="post" onSubmit={submission.onSubmit}>
        <Field
          id="new-username"
          label={words.username}
          hint={words.register.usernameHint}
          autoComplete="username"
          submission={submission}
        />
        {submission.failure?.type === '/problems/username-taken' && (
          <p>
            <Link href={logIn} state={{ username: submission.username }}>
              {words.register.logInAs(submission.username.toLowerCase())}
            </Link>
          </p>
        )}
        <PasswordField submission={submission} minLength={minLength} />
        <Remember id="new-remember" />
        <SubmitButton submission={submission} action={words.register.action} doing={words.register.doing} />
      </form>
      <p>
        {words.register.instead} <Link href={logIn}>{words.logIn.title}</Link>
      </p>
    </Page>
  );
}
