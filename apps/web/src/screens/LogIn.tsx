import { type ComponentType, useState } from 'react';
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
import { Page } from '../layout/Page.tsx';
import { client, useApp, visitor } from '../session/current.ts';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { AlreadyLoggedIn } from './AlreadyLoggedIn.tsx';
import { GoingOn } from './GoingOn.tsx';
import { useGoOn } from './GoOn.tsx';
import { LoggedInMeanwhile } from './LoggedInMeanwhile.tsx';

const inputs = { '#/username': 'username', '#/password': 'current-password' };

/** The props of the login with a passkey, at the login form. */
export interface PasskeyLogInProps {
  /** Whether the form is being sent. Meanwhile, the field offers no passkey. */
  isSending: boolean;
  /** Whether the server has asked for a passkey besides the password. */
  isRequired: boolean;
  /** The username that the last failed try sent. */
  username: string;
  /** The place to go on to, and how. */
  next: Next | undefined;
  goOn: () => void;
}

interface LogInProps {
  state: KnownVisitor;
  /** The place to go on to after the login. By default, the URL of this page names it. */
  next?: Next;
  /** The login with a passkey. Undefined: its part is not here yet. */
  PasskeyLogIn: ComponentType<PasskeyLogInProps> | undefined;
}

/** The form that logs in, and goes on to the place that the person wanted to see. */
export function LogIn({ state, next: given, PasskeyLogIn }: LogInProps) {
  const { conversation, hasNewTicket, idleMs, lastUsername } = state;
  const words = useWords();
  const { house, reason, user } = conversation;
  const asked = useNext(house.leadsTo);
  const next = given ?? asked;
  const app = useApp();
  const place = next ?? app;
  const goOn = useGoOn(place);
  const { username } = useLeft();
  // Not the value of the field: React would take what was typed for its default, and the page could not tell them apart.
  const [typed, setTyped] = useState(username ?? lastUsername);
  const submission = useSubmission(async (typed, signal) => {
    const credentials = {
      username: String(typed.get('username')).trim(),
      password: String(typed.get('current-password')),
      remember: typed.has('remember'),
    };
    const errors = checkCredentials(credentials);
    if (errors.length > 0) return { type: 'mistyped', errors };
    const call = client.POST('/login', { body: credentials, signal });
    return visitor.begin(call, credentials.username, { signal, onSuccess: goOn });
  }, inputs);

  const [wasLoggedIn] = useState(user !== null);
  if (user && hasNewTicket && place && !isPage(place)) {
    return <GoingOn heading={words.loggedInAs(user.displayName ?? user.username)} next={place} />;
  }
  if (wasLoggedIn && user) return <AlreadyLoggedIn user={user} next={next} />;
  const isRequired = PasskeyLogIn !== undefined && submission.failure?.type === '/problems/passkey-required';
  const passkey = !PasskeyLogIn ? (
    // The place of the button that comes, so that nothing moves then.
    'PublicKeyCredential' in window && <div className="passkey" />
  ) : (
    <PasskeyLogIn
      isSending={submission.pending}
      isRequired={isRequired}
      username={submission.username}
      next={next}
      goOn={goOn}
    />
  );
  const why = reason ? words.reasons[reason](idleMs) : next && !next.host && words.logIn.toSee;

  return (
    <Page
      heading={
        (isRequired && submission.mistakes[0]?.words) ||
        (house.name ? words.logIn.to(house.name) : words.logIn.title)
      }
      title={words.logIn.title}
      submission={isRequired ? undefined : submission}
    >
      {next?.host && <p className="lead">{words.goOn.wanted(next.host)}</p>}
      {user && <LoggedInMeanwhile user={user} next={next} />}
      {why && !isRequired && <p className="reason">{why}</p>}
      {isRequired && passkey}
      <form id="log-in" hidden={isRequired} noValidate method="post" onSubmit={submission.onSubmit}>
        <Field
          id="username"
          label={words.username}
          autoComplete="username webauthn"
          defaultValue={username ?? lastUsername}
          onInput={(event) => setTyped(event.currentTarget.value)}
          submission={submission}
        />
        <PasswordField submission={submission} />
        <Remember id="remember" />
        <SubmitButton submission={submission} action={words.logIn.action} doing={words.logIn.doing} />
      </form>
      {!isRequired && passkey}
      <div className="questions" hidden={isRequired}>
        {house.registration === 'open' && (
          <p>
            {words.logIn.instead}{' '}
            <Link href={leadingTo('/register', next?.href)}>{words.register.title}</Link>
          </p>
        )}
        <p className="alone">
          <Link href={leadingTo('/recover', next?.href)} state={{ username: typed }}>
            {words.logIn.forgotten}
          </Link>
        </p>
      </div>
    </Page>
  );
}
