import { type ComponentProps, useContext, useEffect, useRef, useState } from 'react';
import { ActionButton } from '../../form/ActionButton.tsx';
import type { Failure } from '../../session/failure.ts';
import { Guard } from './guard.ts';

interface WayButtonProps extends Omit<ComponentProps<typeof ActionButton>, 'send'> {
  /** The id of the element, which is the same after the person has proven who they are. */
  id: string;
  /** Does the job. Resolves as that of `ActionButton` does, or with a sentence that says what went wrong. */
  send: (signal: AbortSignal) => Promise<Failure | string | undefined>;
}

/**
 * A button of the page "Ways to log in". Where its call asks for a proof, the page asks the person for it, and then makes the
 * call again by itself.
 */
export function WayButton({ id, send, ...button }: WayButtonProps) {
  const { resumed, onResumed, askForProof } = useContext(Guard);
  const [trouble, setTrouble] = useState<string>();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (resumed !== id) return;
    place.current?.querySelector('form')?.requestSubmit();
    onResumed();
  }, [resumed, id, onResumed]);
  return (
    <div className="way-button" id={id} ref={place}>
      <ActionButton
        {...button}
        send={async (signal) => {
          setTrouble(undefined);
          const failure = await send(signal);
          if (typeof failure === 'string') setTrouble(failure);
          else if (failure?.type === '/problems/proof-required') askForProof(id, failure.ways);
          else return failure;
          return undefined;
        }}
      />
      <p className={trouble && 'mistake'} role="alert">
        {trouble}
      </p>
    </div>
  );
}
