import { useCallback, useEffect, useState } from 'react';
import { type Renewal, renew, thisPage } from '../browser/renewal.ts';
import { useWords } from '../i18n/words.ts';
import { Page } from '../layout/Page.tsx';
import { Loading } from './Loading.tsx';
import { Unreachable } from './Unreachable.tsx';

/** Milliseconds between two looks for the server. */
const retryMs = 5_000;

/** In place of a part that cannot be fetched: the page loaded anew, or what keeps that from helping. */
export function MissingPart() {
  const words = useWords();
  const [renewal, setRenewal] = useState<Renewal>('reloading');
  const ask = useCallback(() => void renew().then(setRenewal), []);
  useEffect(() => {
    ask();
  }, [ask]);
  const isAway = renewal === 'away';
  useEffect(() => {
    if (!isAway) return;
    const timer = setInterval(ask, retryMs);
    return () => clearInterval(timer);
  }, [ask, isAway]);
  if (renewal === 'reloading') return <Loading />;
  if (isAway) return <Unreachable failure={noAnswer} retry={ask} />;
  return (
    <Page heading={words.outdated.title}>
      <p>{words.outdated.body}</p>
      <div className="actions">
        <a href={thisPage()} className="button">
          {words.broken.reload}
        </a>
      </div>
    </Page>
  );
}

const noAnswer = { type: 'no-answer', retryAt: 0 } as const;
