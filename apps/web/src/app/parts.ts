import { lazyPart } from '../browser/lazy-part.ts';

/** The account's pages, and the notice that a session is about to end. A visitor without a session needs none of them. */
export const account = lazyPart(() => import('../account/Account.tsx'));

/** The page that shows the conversation. The part records the page's calls from the moment when it is there. */
export const conversation = lazyPart(() => import('../conversation/Conversation.tsx'));
