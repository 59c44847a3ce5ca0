import { later } from '../browser/lazy-part.ts';

/** The account's pages. Whoever is not logged in needs none of them. */
export const area = later(async () => (await import('../account/Area.tsx')).Area);

/** The page that shows the conversation; it is recorded as soon as this is there. */
export const conversation = later(() => import('../conversation/Conversation.tsx'));
