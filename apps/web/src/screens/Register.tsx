import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { leadingTo, nextPath } from '../browser/next.ts';
import { checkRegistration } from '../form/checks.ts';
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

const inputs = { '#/username': 'new-username', '#/password': 'new-password', '#/email': 'email' };

/** The form that makes an account and logs in. */
export function Register({ state: { conversation } }: { state: KnownVisitor }) {
  const words = useWords();
  const [, navigate] = useLocation();
  const next = nextPath(useSearch(), window.location.origin);
  const minLength = conversation.passwordMinLength;
  const submission = useSubmission(async (typed, signal) => {
    const email = String(typed.get('email')).trim();
    const registration = {
      username: String(typed.get('new-username')).trim(),
      password: String(typed.get('new-password')),
      remember: typed.has('new-remember'),
      ...(email && { email }),
    };
    const errors = checkRegistration(registration, minLength);
    if (errors.length > 0) return { type: 'mistyped', errors };
    return visitor.register(registration, { signal, onSuccess: () => navigate(next ?? '/') });
  }, inputs);

  const { user } = conversation;
  const [wasLoggedIn] = useState(user !== null);
  if (wasLoggedIn && user) return <AlreadyLoggedIn name={user.username} next={next} />;

  return (
    <Page
      heading={words.register.title}
      submission={submission}
      beside={
        <p>
          {words.register.instead} <Link href={leadingTo('/login', next)}>{words.logIn.title}</Link>
        </p>
      }
    >
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
            <Link href={leadingTo('/login', next)} state={{ username: submission.username }}>
              {words.register.logInAs(submission.username.toLowerCase())}
            </Link>
          </p>
        )}
        <PasswordField submission={submission} minLength={minLength} />
        <Field
          id="email"
          label={
            <>
              {words.email} <span className="optional">{words.optional}</span>
            </>
          }
          hint={words.register.emailHint}
          type="email"
          autoComplete="email"
          submission={submission}
        />
        <Remember id="new-remember" />
        <SubmitButton submission={submission} action={words.register.action} doing={words.register.doing} />
      </form>
    </Page>
  );
}
