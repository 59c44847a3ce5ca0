import { useEffect, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { leadingTo, nextPath } from '../browser/next.ts';
import { checkCredentials } from '../form/checks.ts';
import { Field } from '../form/Field.tsx';
import { PasswordField } from '../form/PasswordField.tsx';
import { Remember } from '../form/Remember.tsx';
import { SubmitButton } from '../form/SubmitButton.tsx';
import { useSubmission } from '../form/submission.ts';
import { useWords } from '../i18n/words.ts';
import { Page } from '../layout/Page.tsx';
import { visitor } from '../session/current.ts';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { AlreadyLoggedIn } from './AlreadyLoggedIn.tsx';
import { LoggedInMeanwhile } from './LoggedInMeanwhile.tsx';

const inputs = { '#/username': 'username', '#/password': 'current-password' };

/** The username that a person typed on the page before. The browser's history forgets it as soon as this page has read it. */
function useTypedBefore(): string | undefined {
  const state = useHistoryState<{ username?: string } | null>();
  const [username] = useState(state?.username);
  useEffect(() => {
    if (username) history.replaceState(null, '');
  }, [username]);
  return username;
}

interface LogInProps {
  state: KnownVisitor;
  /** The path to go to after the login. By default, the URL of this page names it. */
  next?: string;
}

/** The form that logs in, and leads on to the page that the person wanted to see. */
export function LogIn({ state, next: given }: LogInProps) {
  const { conversation, idleMs, lastUsername } = state;
  const words = useWords();
  const [, navigate] = useLocation();
  const asked = nextPath(useSearch(), window.location.origin);
  const next = given ?? asked;
  const username = useTypedBefore();
  const submission = useSubmission(async (typed, signal) => {
    const credentials = {
      username: String(typed.get('username')).trim(),
      password: String(typed.get('current-password')),
      remember: typed.has('remember'),
    };
    const errors = checkCredentials(credentials);
    if (errors.length > 0) return { type: 'mistyped', errors };
    return visitor.logIn(credentials, { signal, onSuccess: () => navigate(next ?? '/') });
  }, inputs);

  const { user, reason } = conversation;
  const [wasLoggedIn] = useState(user !== null);
  if (wasLoggedIn && user) return <AlreadyLoggedIn name={user.username} next={next} />;
  const why = reason ? words.reasons[reason](idleMs) : next && words.logIn.toSee;

  return (
    <Page
      heading={words.logIn.title}
      submission={submission}
      beside={
        <>
          <p>
            {words.logIn.instead} <Link href={leadingTo('/register', next)}>{words.register.title}</Link>
          </p>
          <p>
            {words.logIn.forgotten} {words.logIn.ask} <code>pnpm coatcheck password NAME</code>
          </p>
        </>
      }
    >
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
    </Page>
  );
}
