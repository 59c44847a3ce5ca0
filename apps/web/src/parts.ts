import { later } from './later.ts';

/** The account's pages. Whoever is not logged in needs none of them. */
export const area = later(async () => (await import('./account/Area.tsx')).Area);

/** The page that shows the conversation; from then on it is recorded. */
export const conversation = later(async () => {
  const [{ Conversation }, { startTape }] = await Promise.all([
    import('./conversation/Conversation.tsx'),
    import('./conversation/wire.ts'),
  ]);
  startTape();
  return Conversation;
});
