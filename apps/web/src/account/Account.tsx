import type { Conversation, User } from '@coatcheck/api-types';
import type { ComponentType } from 'react';
import { type AccountPath, accountPages } from '../browser/pages.ts';
import './account.css';

export { ConfirmLogOut } from './ConfirmLogOut.tsx';
export { ExpiryNotice } from './ExpiryNotice.tsx';

/** The props of every page of the account. */
export interface AccountPageProps {
  user: User;
  conversation: Conversation;
}

type Module = Record<string, ComponentType<AccountPageProps>>;
const modules = import.meta.glob<Module>('./pages/*.tsx', { eager: true });

interface AccountProps extends AccountPageProps {
  path: AccountPath;
}

/** The page of the account at a path. The table in browser/pages.ts names its file and its component. */
export function Account({ path, ...props }: AccountProps) {
  const { screen } = accountPages[path];
  const Screen = modules[`./pages/${screen}.tsx`]?.[screen];
  if (!Screen) throw new Error(`account/pages has no ${screen}`);
  // Another tab may log somebody else in: what a page has of one account is not shown to the next.
  return <Screen key={props.user.id} {...props} />;
}
