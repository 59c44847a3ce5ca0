import { choose, type Language, languages, useLanguage, useWords } from './words/words.ts';

/** The foot of every page: its language. */
export function Foot() {
  const words = useWords();
  const spoken = useLanguage();
  return (
    <footer className="foot">
      <fieldset>
        <legend className="unseen">{words.languages}</legend>
        {Object.entries(languages).map(([language, name]) => (
          <button
            key={language}
            type="button"
            className="link"
            lang={language}
            aria-pressed={language === spoken}
            onClick={() => choose(language as Language)}
          >
            {name}
          </button>
        ))}
      </fieldset>
    </footer>
  );
}
