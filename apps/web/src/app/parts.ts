import { lazyPart } from '../browser/lazy-part.ts';

/** The account's pages. A visitor who is not logged in needs none of them. */
export const account = lazyPart(async () => (await import('../account/Account.tsx')).Account);

/** The page that shows the conversation. The part records the page's calls from the moment when it is there. */
export const conversation = lazyPart(() => import('../conversation/Conversation.tsx'));
