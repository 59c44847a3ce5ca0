import { useEffect } from 'react';
import { Page } from '../layout/Page.tsx';
import { visitor } from '../session/current.ts';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { BrowserSide } from './BrowserSide.tsx';
import { Endings } from './Endings.tsx';
import { NextStep, Path } from './Path.tsx';
import { forgetSteps } from './progress.ts';
import { recorder, startRecording } from './recording.ts';
import { ServerSide } from './ServerSide.tsx';
import { forgetSides } from './Side.tsx';
import { Toy } from './Toy.tsx';
import { WhyNot } from './WhyNot.tsx';
import { Wire } from './Wire.tsx';
import { useConversationWords } from './words.ts';
import './conversation.css';

export { WhyNot };

// Whoever has fetched this page wants to see what is said from now on.
startRecording(forgetSteps, forgetSides);

/** The conversation between this browser and the server, to take part in and to watch. */
export function Conversation({ state }: { state: KnownVisitor }) {
  const words = useConversationWords();
  const { conversation } = state;

  useEffect(() => {
    // Who came from another page missed the question that was asked at the door.
    if (recorder.exchanges().length === 0) visitor.refresh();
    // The browser looked for this place before it was there.
    document.getElementById(window.location.hash.slice(1))?.scrollIntoView();
  }, []);

  return (
    <Page
      heading={words.title}
      beside={
        <>
          <NextStep />
          <Endings />
        </>
      }
      below={
        <>
          <div className="sides">
            <BrowserSide conversation={conversation} />
            <Wire />
            <ServerSide conversation={conversation} />
          </div>
          <Path conversation={conversation} />
          <WhyNot />
        </>
      }
    >
      <p className="lead">{words.lead}</p>
      <Toy />
    </Page>
  );
}
