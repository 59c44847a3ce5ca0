import { useState } from 'react';
import { hasTyped, type Renewal, renew, thisPage } from '../browser/renewal.ts';
import { mistakesOf } from '../form/mistakes.ts';
import { type Language, languages } from '../i18n/languages.ts';
import { choose, useLanguage, useWords } from '../i18n/words.ts';
import { Back } from '../layout/Back.tsx';
import { Contact } from '../layout/Contact.tsx';
import { baseUrl, useHouse } from '../session/current.ts';

const version = import.meta.env.COATCHECK_VERSION;
const source = import.meta.env.COATCHECK_SOURCE;

/** The footer of every page: whose server this is, what runs on it, and the choice of the page's language. */
export function Footer() {
  const words = useWords();
  const house = useHouse();
  const spoken = useLanguage();
  const [renewal, setRenewal] = useState<Renewal>();
  return (
    <footer className="footer">
      <ul>
        {house?.app ? (
          <li>
            <Back />
          </li>
        ) : (
          house?.name && (
            <li>
              <span>{words.runBy}</span> <bdi>{house.name}</bdi>
            </li>
          )
        )}
        {house?.contact && (
          <li>
            <Contact text={words.contact} />
          </li>
        )}
        {/* In one piece: alone in a line, neither says what it belongs to. */}
        <li>
          <span>Coatcheck {version}</span> <a href={`${baseUrl}/docs`}>API</a>
        </li>
        {source && (
          <li>
            <a href={source}>{words.source}</a>
          </li>
        )}
      </ul>
      <fieldset>
        <legend className="unseen">{words.languages}</legend>
        {Object.entries(languages).map(([language, { name }]) => (
          <button
            key={language}
            type="button"
            className="link"
            lang={language}
            aria-pressed={language === spoken}
            onClick={async () => {
              const done = await choose(language as Language);
              setRenewal(done ? undefined : await renew());
            }}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <p role="status">
        {renewal === 'outdated' && (
          <span>
            {words.outdated.part} {hasTyped() && words.outdated.typed}{' '}
            <a href={thisPage()}>{words.broken.reload}</a>
          </span>
        )}
        {renewal === 'away' && <span>{mistakesOf({ type: 'no-answer' }, {}, '', 0, words)[0]?.words}</span>}
      </p>
    </footer>
  );
}
