import { type ReactNode, useEffect, useState } from 'react';
import { Link as PageLink } from 'wouter';
import { ActionButton } from '../../form/ActionButton.tsx';
import { useWords } from '../../i18n/words.ts';
import { Page } from '../../layout/Page.tsx';
import { serverOrigin, serverUrl } from '../../session/current.ts';
import { recorder, useTimesForgotten } from '../recording/recording.ts';
import { useConversationWords } from '../words.ts';
import { type Cause, type Link, remedies } from './causes.ts';
import { type Diagnosis, diagnose } from './diagnosis.ts';
import { thisPage } from './this-page.ts';

/** The page that finds out why the visitor is not logged in. It looks as soon as it shows, and says what to do. */
export function Why() {
  const { why } = useConversationWords();
  const { diagnosis, isFirst, examine } = useDiagnosis();
  const remedy = diagnosis && <Remedy diagnosis={diagnosis} />;
  return (
    <Page heading={why.title}>
      <div className="why">
        <div className="found" role="status">
          {diagnosis ? (
            <Found key={diagnosis.number} diagnosis={diagnosis} />
          ) : (
            <p className="loading">{why.doing}</p>
          )}
        </div>
        {!isFirst && (
          <>
            <div className="actions">
              {remedy}
              <ActionButton send={examine} action={why.again} doing={why.doing} />
            </div>
            <details>
              <summary>
                <h2>{why.checked}</h2>
              </summary>
              <p>{why.order}</p>
              {diagnosis && <Chain diagnosis={diagnosis} />}
              <p className="hint">
                {why.terminal} <code>{doctorLine()}</code>
              </p>
            </details>
          </>
        )}
      </div>
    </Page>
  );
}

/**
 * The newest diagnosis of the present visitor, made when the page appears and whenever a visitor's data is removed.
 * `isFirst`: none has been made yet. `examine` makes another.
 */
function useDiagnosis() {
  const timesForgotten = useTimesForgotten();
  const [found, setFound] = useState<Diagnosis & { number: number; timesForgotten: number }>();
  const show = (diagnosis: Diagnosis) =>
    setFound((before) => ({ ...diagnosis, number: (before?.number ?? 0) + 1, timesForgotten }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: each visitor is looked at once
  useEffect(() => {
    let isOver = false;
    diagnose(thisPage()).then((diagnosis) => !isOver && show(diagnosis));
    return () => {
      isOver = true;
    };
  }, [timesForgotten]);
  return {
    // A diagnosis may name the visitor, and goes with that visitor.
    diagnosis: found?.timesForgotten === timesForgotten ? found : undefined,
    isFirst: !found,
    async examine() {
      const diagnosis = await diagnose(thisPage());
      // A visitor who is gone meanwhile has another diagnosis, which the effect makes.
      if (recorder.timesForgotten() === timesForgotten) show(diagnosis);
      return undefined;
    },
  };
}

/** The command that makes the same diagnosis from a terminal. */
function doctorLine() {
  const { origin } = window.location;
  // The server writes it into the page: it knows whether it comes from the repository or from npm.
  const command = document.querySelector<HTMLMetaElement>('meta[name=command]')?.content;
  return `${command} doctor --url ${serverUrl}${serverOrigin === origin ? '' : ` --origin ${origin}`}`;
}

function Found({ diagnosis: { cause, besides, circumstances } }: { diagnosis: Diagnosis }) {
  const { why } = useConversationWords();
  const advice = (one: Cause) =>
    why.causes[one]({ ...circumstances, ahead: why.ahead(circumstances.minutesAhead) });
  return (
    <>
      <div className="reason" data-cause={cause}>
        <p className="lead">{advice(cause).what}</p>
        <p>{advice(cause).change}</p>
      </div>
      {besides.map((one) => (
        <div key={one} className="reason" data-cause={one}>
          <p>
            <b>
              {why.besides}: {advice(one).what}
            </b>
          </p>
          <p>{advice(one).change}</p>
          {remedies[one] === 'other-url' && circumstances.home && (
            <p className="alone">
              <a href={circumstances.home}>{why.open(circumstances.home)}</a>
            </p>
          )}
        </div>
      ))}
    </>
  );
}

/** The link to the place where a cause is mended, if the person at this page can mend it. */
function Remedy({ diagnosis: { cause, circumstances } }: { diagnosis: Diagnosis }) {
  const words = useWords();
  const { why } = useConversationWords();
  const to = (href: string, says: ReactNode) => (
    <PageLink href={href} className="button">
      {says}
    </PageLink>
  );
  switch (remedies[cause]) {
    case 'log-in':
      return to('/login', words.logIn.action);
    case 'log-in-again':
      return to('/login', why.logInAgain);
    case 'start-page':
      return to('/', words.home);
    case 'conversation':
      return to('/conversation', why.conversation);
    case 'other-url':
      return circumstances.home ? (
        <a href={circumstances.home} className="button">
          {why.open(circumstances.home)}
        </a>
      ) : null;
    default:
      return null;
  }
}

function Chain({ diagnosis: { links, circumstances } }: { diagnosis: Diagnosis }) {
  const { why } = useConversationWords();
  // A page does not know its own IP address, so only the person can tell whether the server sees the right one.
  const { address } = circumstances;
  const unknown = (link: Link) => (link === 'address' && address ? why.isThatYou(address) : why.unchecked);
  return (
    <ol className="chain">
      {links.map(({ link, holds }) => (
        <li key={link} className={holds === false ? 'broken' : undefined}>
          <span>{why.chain[link]}</span>{' '}
          <span className={holds === false ? 'mark-word' : 'hint'}>
            {holds === undefined ? unknown(link) : holds ? why.holds : why.breaks}
          </span>
        </li>
      ))}
    </ol>
  );
}
