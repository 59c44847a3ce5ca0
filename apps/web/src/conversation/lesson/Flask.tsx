import { useLayoutEffect, useRef, useState } from 'react';
import { useConversationWords } from '../words.ts';
import { flaskLines } from './flask-lines.ts';
import type { StepName } from './steps.ts';

/** The lines of the Flask program that do the same as a step, and a sentence about the difference. */
export function Flask({ name }: { name: StepName }) {
  const { path } = useConversationWords();
  return (
    <div className="flask">
      {flaskLines[name] && <Code lines={flaskLines[name]} />}
      <p className="hint">{path.steps[name].flask}</p>
    </div>
  );
}

/** Lines of a program, none of them broken. Where they are too long they scroll, by the keyboard too. */
function Code({ lines }: { lines: string }) {
  const { path } = useConversationWords();
  const box = useRef<HTMLPreElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    const observer = new ResizeObserver(() => setScrolls(current.scrollWidth > current.clientWidth));
    // The text has a size of its own: it grows with the font while the box stays.
    for (const element of [current, ...current.children]) observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <pre ref={box} {...(scrolls && { tabIndex: 0, role: 'group', 'aria-label': path.flask })}>
      <code>{lines}</code>
    </pre>
  );
}
