import { Link } from 'wouter';
import { useLeft } from '../browser/news.ts';
import { isPage, leadingTo, useNext } from '../browser/next.ts';
import { checkPresent } from '../form/checks.ts';
import { Field } from '../form/Field.tsx';
import { checkPassword } from '../form/new/checks.ts';
import { NewPasswordField } from '../form/new/NewPasswordField.tsx';
import { useNewPasswordWords } from '../form/new/words.ts';
import { SubmitButton } from '../form/SubmitButton.tsx';
import { useSubmission } from '../form/submission.ts';
import { useWords } from '../i18n/words.ts';
import { Contact } from '../layout/Contact.tsx';
import { Page } from '../layout/Page.tsx';
import { GoingOn } from '../screens/GoingOn.tsx';
import { useGoOn } from '../screens/GoOn.tsx';
import { client, visitor } from '../session/current.ts';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { passwordSet } from './password-set.ts';
import { SessionEnds } from './SessionEnds.tsx';
import { useEnterWords } from './words.ts';

const inputs = { '#/username': 'username', '#/code': 'recovery-code', '#/newPassword': 'new-password' };

/** The form that logs in with a recovery code, and sets a new password. */
export function Recover({ state: { conversation, hasNewTicket } }: { state: KnownVisitor }) {
  const words = useWords();
  const { recover, newPassword, setPassword, setting } = useEnterWords();
  const { house, passwordMinLength: minLength, user } = conversation;
  const { username = user?.username } = useLeft();
  const next = useNext(house.leadsTo);
  const goOn = useGoOn(next ?? passwordSet, 'password-reset');
  const submission = useSubmission(
    async (typed, signal) => {
      const body = {
        username: String(typed.get('username')).trim(),
        code: String(typed.get('recovery-code')).trim(),
        newPassword: String(typed.get('new-password')),
      };
      const errors = [
        ...checkPresent('#/username', body.username),
        ...checkPresent('#/code', body.code),
        ...checkPassword(body.newPassword, minLength, '#/newPassword'),
      ];
      if (errors.length > 0) return { type: 'mistyped', errors };
      return visitor.begin(client.POST('/recover', { body, signal }), body.username, {
        signal,
        onSuccess: goOn,
      });
    },
    inputs,
    { ...recover.fields, newPassword: useNewPasswordWords().field },
    { '/problems/invalid-credentials': recover.wrong },
  );

  if (user && hasNewTicket && next && !isPage(next)) {
    return <GoingOn heading={words.loggedInAs(user.displayName ?? user.username)} next={next} />;
  }
  return (
    <Page heading={recover.title} submission={submission}>
      <p className="lead">{recover.body}</p>
      <SessionEnds user={user} username={undefined} />
      <form id="recover" noValidate method="post" onSubmit={submission.onSubmit}>
        <Field
          id="username"
          label={words.username}
          autoComplete="username"
          defaultValue={username}
          submission={submission}
        />
        <Field
          id="recovery-code"
          label={recover.code}
          hint={recover.codeHint}
          autoComplete="off"
          submission={submission}
        />
        <NewPasswordField submission={submission} label={newPassword} minLength={minLength} />
        <SubmitButton submission={submission} action={setPassword} doing={setting} />
      </form>
      <div className="questions">
        <p>
          <span>{recover.none}</span>{' '}
          {house.contact ? <Contact before={recover.ask} /> : <span>{recover.askOperator}</span>}
        </p>
        {!user && (
          <p className="alone">
            <Link href={leadingTo('/login', next?.href)}>{words.logIn.title}</Link>
          </p>
        )}
      </div>
    </Page>
  );
}
