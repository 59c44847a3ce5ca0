import { useEffect } from 'react';
import { Page } from '../layout/Page.tsx';
import { visitor } from '../session/current.ts';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { WhyNot } from './diagnosis/WhyNot.tsx';
import { NextStep, Path } from './lesson/Path.tsx';
import { forgetSteps } from './lesson/progress.ts';
import { recorder, startRecording } from './recording/recording.ts';
import { BrowserSide } from './sides/BrowserSide.tsx';
import { ServerSide } from './sides/ServerSide.tsx';
import { forgetSides } from './sides/Side.tsx';
import { Endings } from './toy/Endings.tsx';
import { Toy } from './toy/Toy.tsx';
import { Wire } from './wire/Wire.tsx';
import { useConversationWords } from './words.ts';
import './conversation.css';

export { WhyNot };

// A visitor who has fetched this part wants to see every later call.
startRecording(forgetSteps, forgetSides);

/** The page that shows the conversation between this browser and the server, and lets the visitor take part in it. */
export function Conversation({ state }: { state: KnownVisitor }) {
  const words = useConversationWords();
  const { conversation } = state;

  useEffect(() => {
    // The recorder was not there yet when another page of this tab called the server.
    if (recorder.exchanges().length === 0) visitor.refresh();
    // The browser looked for the place in the URL before React had rendered it.
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
