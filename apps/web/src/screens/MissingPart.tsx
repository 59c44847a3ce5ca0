import { useCallback, useEffect, useState } from 'react';
import { type Renewal, renew, thisPage } from '../browser/renewal.ts';
import { useWords } from '../i18n/words.ts';
import { Page } from '../layout/Page.tsx';
import { Loading } from './Loading.tsx';
import { Unreachable } from './Unreachable.tsx';

/** Milliseconds between two tries to reach the server. */
const retryMs = 5_000;

/** Stands in place of a part that the browser could not fetch, and loads the page anew or says why that would not help. */
export function MissingPart() {
  const words = useWords();
  const [renewal, setRenewal] = useState<Renewal>('reloading');
  const retry = useCallback(() => void renew().then(setRenewal), []);
  useEffect(() => {
    retry();
  }, [retry]);
  const isAway = renewal === 'away';
  useEffect(() => {
    if (!isAway) return;
    const timer = setInterval(retry, retryMs);
    return () => clearInterval(timer);
  }, [retry, isAway]);
  if (renewal === 'reloading') return <Loading />;
  if (isAway) return <Unreachable failure={noAnswer} retry={retry} />;
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
