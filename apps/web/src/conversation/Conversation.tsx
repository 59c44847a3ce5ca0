import { useEffect } from 'react';
import { Link, Redirect } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { Page } from '../layout/Page.tsx';
import { visitor } from '../session/current.ts';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { Why } from './diagnosis/Why.tsx';
import { CurrentStep } from './lesson/CurrentStep.tsx';
import { Path } from './lesson/Path.tsx';
import { forgetSteps } from './lesson/progress.ts';
import { useMedia } from './media.ts';
import { recorder, startRecording } from './recording/recording.ts';
import { BrowserSide } from './sides/BrowserSide.tsx';
import { ServerSide } from './sides/ServerSide.tsx';
import { forgetSides } from './sides/Side.tsx';
import { Toy } from './toy/Toy.tsx';
import { Wire } from './wire/Wire.tsx';
import { useConversationWords } from './words.ts';
import './conversation.css';

export { Why };

// A visitor who has fetched this part wants to see every later call.
startRecording(forgetSteps, forgetSides);

/** The width from which the style sets the step beside the toy. */
const twoColumns = window.matchMedia('(width >= 60rem)');

/** The page that shows the conversation between this browser and the server, and lets the visitor take part in it. */
export function Conversation({ state }: { state: KnownVisitor }) {
  // The place of the diagnosis before it had a page of its own.
  return window.location.hash === '#why' ? <Redirect to="/why" replace /> : <Talk state={state} />;
}

function Talk({ state: { conversation } }: { state: KnownVisitor }) {
  const words = useConversationWords();
  const { why } = useWords();
  const isWide = useMedia(twoColumns);

  useEffect(() => {
    // The recorder was not there yet when another page of this tab called the server.
    if (recorder.exchanges().length === 0) visitor.refresh();
    // The browser looked for the place in the URL before React had rendered it.
    document.getElementById(window.location.hash.slice(1))?.scrollIntoView();
  }, []);

  const step = <CurrentStep key="step" conversation={conversation} />;
  const toy = <Toy key="toy" isMember={conversation.user !== null} />;
  return (
    <Page
      heading={words.title}
      below={
        <>
          {/* Focus goes the way of reading: from left to right, or from top to bottom. */}
          {isWide ? [toy, step] : [step, toy]}
          <div className="sides">
            <BrowserSide conversation={conversation} />
            <Wire />
            <ServerSide conversation={conversation} />
          </div>
          <Path conversation={conversation} />
          <p className="more alone">
            <Link href="/why">{why}</Link>
          </p>
        </>
      }
    >
      <p className="lead">{words.lead}</p>
    </Page>
  );
}
