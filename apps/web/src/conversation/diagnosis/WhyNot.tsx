import { useState } from 'react';
import { ActionButton } from '../../form/ActionButton.tsx';
import { serverOrigin } from '../../session/current.ts';
import { useTimesForgotten } from '../recording/recording.ts';
import { useConversationWords } from '../words.ts';
import type { Cause, Link } from './causes.ts';
import { type Diagnosis, diagnose } from './diagnosis.ts';
import { thisPage } from './this-page.ts';

/** The diagnosis: why the visitor is not logged in, and what to change. */
export function WhyNot() {
  const { why } = useConversationWords();
  const timesForgotten = useTimesForgotten();
  const [found, setFound] = useState<{ diagnosis: Diagnosis; timesForgotten: number }>();
  // A diagnosis that names a visitor goes with that visitor. Another one, of a session that ended for instance, still holds.
  const { name, address } = found?.diagnosis.circumstances ?? {};
  if (found && found.timesForgotten !== timesForgotten && (name ?? address)) setFound(undefined);
  const diagnosis = found?.diagnosis;
  return (
    <section className="why" id="why" aria-labelledby="why-not">
      <h2 id="why-not">{why.title}</h2>
      <p>{why.lead}</p>
      <ActionButton
        send={async () => {
          setFound(undefined);
          setFound({ diagnosis: await diagnose(thisPage()), timesForgotten });
          return undefined;
        }}
        action={why.action}
        doing={why.doing}
      />
      <div role="status">{diagnosis && <Found diagnosis={diagnosis} />}</div>
      {diagnosis && <Chain diagnosis={diagnosis} />}
      <p className="hint">
        {why.terminal} <code>{doctorLine()}</code>
      </p>
    </section>
  );
}

/** The command that makes the same diagnosis from a terminal. */
function doctorLine() {
  const { origin } = window.location;
  return `npx -y pnpm run doctor --url ${serverOrigin}${serverOrigin === origin ? '' : ` --origin ${origin}`}`;
}

function Found({ diagnosis: { cause, besides, circumstances } }: { diagnosis: Diagnosis }) {
  const { why } = useConversationWords();
  const advice = (one: Cause) =>
    why.causes[one]({ ...circumstances, ahead: why.ahead(circumstances.minutesAhead) });
  return (
    <>
      <div className="reason" data-cause={cause}>
        <p>
          <b>{advice(cause).what}</b>
        </p>
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
        </div>
      ))}
    </>
  );
}

function Chain({ diagnosis: { links, circumstances } }: { diagnosis: Diagnosis }) {
  const { why } = useConversationWords();
  // A page does not know its own IP address, so only the person can tell whether the server sees the right one.
  const { address } = circumstances;
  const unknown = (link: Link) => (link === 'address' && address ? why.isThatYou(address) : why.open);
  return (
    <section aria-labelledby="chain">
      <h3 id="chain">{why.checked}</h3>
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
    </section>
  );
}
