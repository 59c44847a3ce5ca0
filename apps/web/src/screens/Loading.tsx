import { useWords } from '../i18n/words.ts';

/** Until the server has said who holds the cookie. It shows itself only when that takes long. */
export function Loading() {
  const words = useWords();
  return (
    <div role="status">
      <h1 className="loading">{words.loading}</h1>
    </div>
  );
}
