import { useWords } from '../words/words.ts';

/** Until the server has said who holds the cookie. It shows itself only when that takes long. */
export function Loading() {
  const words = useWords();
  return (
    <p className="loading" role="status">
      {words.loading}
    </p>
  );
}
