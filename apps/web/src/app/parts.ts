import { lazyPart } from '../browser/lazy-part.ts';

/** The account's pages. Whoever is not logged in needs none of them. */
export const area = lazyPart(async () => (await import('../account/Area.tsx')).Area);

/** The page that shows the conversation; it is recorded as soon as this is there. */
export const conversation = lazyPart(() => import('../conversation/Conversation.tsx'));
