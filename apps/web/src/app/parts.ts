import { lazyPart } from '../browser/lazy-part.ts';

/** The account's pages, the page that asks before it logs out, and the notice that a session is about to end. */
export const account = lazyPart(() => import('../account/Account.tsx'));

/** The pages of `enterPaths`, and the login with a passkey, which the login form shows as soon as the part is there. */
export const enter = lazyPart(() => import('../enter/Enter.tsx'));

/** The page that shows the conversation. The part records the page's calls from the moment when it is there. */
export const conversation = lazyPart(() => import('../conversation/Conversation.tsx'));
