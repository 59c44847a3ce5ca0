import { useWords } from '../../i18n/words.ts';
import type { AccountPageProps } from '../Account.tsx';
import { AccountPage } from '../AccountPage.tsx';
import { Doors } from '../Doors.tsx';
import { Profile, useProfile } from '../Profile.tsx';

/** The first page of an account: the profile, and the ways to everything else. */
export function Overview({ user }: AccountPageProps) {
  const { account } = useWords();
  const profile = useProfile();
  return (
    <AccountPage heading={account.title} submission={profile.submission}>
      <Profile user={user} {...profile} />
      <Doors user={user} />
    </AccountPage>
  );
}
