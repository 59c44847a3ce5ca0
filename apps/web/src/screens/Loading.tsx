import { useWords } from '../i18n/words.ts';

/** Stands in place of a screen until the server has told who the visitor is. The style hides it for the first moment. */
export function Loading() {
  const words = useWords();
  return (
    <div role="status">
      <h1 className="loading">{words.loading}</h1>
    </div>
  );
}
