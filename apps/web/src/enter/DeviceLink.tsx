import { Remember } from '../form/Remember.tsx';
import { SubmitButton } from '../form/SubmitButton.tsx';
import { useSubmission } from '../form/submission.ts';
import { useWords } from '../i18n/words.ts';
import { Page } from '../layout/Page.tsx';
import { GoOn, useGoOn } from '../screens/GoOn.tsx';
import { useApp } from '../session/current.ts';
import { spendLink } from './link-use.ts';
import type { LinkFormProps } from './OneTimeLink.tsx';
import { SessionEnds } from './SessionEnds.tsx';
import { useEnterWords } from './words.ts';

/** The form of a link that logs another device in. */
export function DeviceLink({ username, expiresAt, state, ...link }: LinkFormProps) {
  const words = useEnterWords().link;
  const { already } = useWords();
  const { user } = state.conversation;
  const goOn = useGoOn(useApp());
  const name = username ?? '';
  const submission = useSubmission((typed, signal) =>
    spendLink(link, name, { remember: typed.has('remember') }, signal, goOn),
  );

  if (user?.username === username) {
    return (
      <Page heading={already.title(name)}>
        <p>{words.alreadyBody}</p>
        <div className="actions">
          <GoOn />
        </div>
      </Page>
    );
  }
  return (
    <Page heading={words.device(name)} submission={submission}>
      <p className="lead">{words.deviceBody(name)}</p>
      <SessionEnds user={user} username={username} />
      <form id="device" noValidate method="post" onSubmit={submission.onSubmit}>
        <Remember id="remember" />
        <SubmitButton submission={submission} action={words.deviceAction(name)} doing={words.deviceDoing} />
      </form>
      <p className="hint">{words.until(expiresAt)}</p>
    </Page>
  );
}
