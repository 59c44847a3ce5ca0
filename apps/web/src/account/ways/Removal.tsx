import type { Passkey } from '@coatcheck/api-types';
import { useEffect, useRef } from 'react';
import { ignoreSecondClick } from '../../form/double-click.ts';
import { client, visitor } from '../../session/current.ts';
import { useAccountWords } from '../words.ts';
import { WayButton } from './WayButton.tsx';

interface RemovalProps {
  passkey: Passkey;
  onRemoved: () => void;
  /** Called when the person does not want to remove the passkey. */
  onKept: () => void;
}

/** The question whether to remove a passkey. It takes focus when it appears. */
export function Removal({ passkey: { id, name }, onRemoved, onKept }: RemovalProps) {
  const { passkeys } = useAccountWords();
  const question = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    question.current?.focus();
    ignoreSecondClick();
  }, []);
  return (
    <div className="removal">
      <p ref={question} tabIndex={-1}>
        {passkeys.removal(name)}
      </p>
      <div className="actions stack">
        <WayButton
          id={`remove-${id}`}
          action={
            <>
              <span>{passkeys.remove}</span>
              <span className="unseen">{passkeys.of(name)}</span>
            </>
          }
          doing={passkeys.removing}
          sentences={{ '/problems/last-way-in': passkeys.last }}
          send={async (signal) => {
            const gone = await visitor.settle(client.DELETE('/me/passkeys/{id}', { params: { id }, signal }));
            // It may have been removed from elsewhere meanwhile. The person wanted no more than that.
            if (!gone.ok && gone.problem.type !== '/problems/not-found') return gone.problem;
            onRemoved();
            return undefined;
          }}
        />
        <button type="button" className="button quiet" onClick={onKept}>
          {passkeys.keep}
        </button>
      </div>
    </div>
  );
}
