import { useState } from 'react';
import { Link } from 'wouter';
import { useLeft } from '../browser/news.ts';
import { isPage, leadingTo, type Next, useNext } from '../browser/next.ts';
import { checkCredentials } from '../form/checks.ts';
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

const inputs = { '#/username': 'username', '#/password': 'current-password' };

interface LogInProps {
  state: KnownVisitor;
  /** The place to go on to after the login. By default, the URL of this page names it. */
  next?: Next;
}

/** The form that logs in, and goes on to the place that the person wanted to see. */
export function LogIn({ state, next: given }: LogInProps) {
  const { conversation, hasNewTicket, idleMs, lastUsername } = state;
  const words = useWords();
  const { house, reason, user } = conversation;
  const asked = useNext(house.leadsTo);
  const next = given ?? asked;
  const app = useApp();
  const place = next ?? app;
  const goOn = useGoOn(place);
  const { username } = useLeft();
  const submission = useSubmission(async (typed, signal) => {
    const credentials = {
      username: String(typed.get('username')).trim(),
      password: String(typed.get('current-password')),
      remember: typed.has('remember'),
    };
    const errors = checkCredentials(credentials);
    if (errors.length > 0) return { type: 'mistyped', errors };
    return visitor.logIn(credentials, { signal, onSuccess: goOn });
  }, inputs);

  const [wasLoggedIn] = useState(user !== null);
  if (user && hasNewTicket && place && !isPage(place)) {
    return <GoingOn heading={words.loggedInAs(user.displayName ?? user.username)} next={place} />;
  }
  if (wasLoggedIn && user) return <AlreadyLoggedIn user={user} next={next} />;
  const why = reason ? words.reasons[reason](idleMs) : next && !next.host && words.logIn.toSee;

  return (
    <Page
      heading={house.name ? words.logIn.to(house.name) : words.logIn.title}
      title={words.logIn.title}
      submission={submission}
    >
      {next?.host && <p className="lead">{words.goOn.wanted(next.host)}</p>}
      {user && <LoggedInMeanwhile user={user} next={next} />}
      {why && <p className="reason">{why}</p>}
      <form id="log-in" noValidate method="post" onSubmit={submission.onSubmit}>
        <Field
          id="username"
          label={words.username}
          autoComplete="username"
          defaultValue={username ?? lastUsername}
          submission={submission}
        />
        <PasswordField submission={submission} />
        <Remember id="remember" />
        <SubmitButton submission={submission} action={words.logIn.action} doing={words.logIn.doing} />
      </form>
      <div className="questions">
        {house.registration !== 'closed' && (
          <p>
            {words.logIn.instead}{' '}
            <Link href={leadingTo('/register', next?.href)}>{words.register.title}</Link>
          </p>
        )}
        <p>
          <span>{words.logIn.forgotten}</span>{' '}
          {house.contact ? <Contact before={words.logIn.ask} /> : <span>{words.logIn.askOperator}</span>}
        </p>
      </div>
    </Page>
  );
}
