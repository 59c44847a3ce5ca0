import { useEffect, useRef, useState } from 'react';
import { Field } from '../../form/Field.tsx';
import { SubmitButton } from '../../form/SubmitButton.tsx';
import { useSubmission } from '../../form/submission.ts';
import { visitor } from '../../session/current.ts';
import { useTimesForgotten } from '../recording/recording.ts';
import { useConversationWords } from '../words.ts';

/** The most code points that a person may type. The server would take more. */
const maxLength = 200;

/** The form that tells the server what the person likes. The server remembers the last one as `likes`. */
export function Tell() {
  const { toy } = useConversationWords();
  const [mistake, setMistake] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const timesForgotten = useTimesForgotten();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a visitor has typed goes when their data is removed
  useEffect(() => {
    form.current?.reset();
    setMistake('');
  }, [timesForgotten]);
  const submission = useSubmission(async (typed, signal) => {
    const likes = String(typed.get('likes')).trim();
    const wrong = likes === '' ? toy.nothing : [...likes].length > maxLength ? toy.tooLong(maxLength) : '';
    setMistake(wrong);
    if (wrong) {
      form.current?.querySelector('input')?.focus();
      return undefined;
    }
    return visitor.remember({ likes }, { signal, onSuccess: () => form.current?.reset() });
  });
  const mistakes = mistake ? [{ words: mistake, inputs: ['likes'] }] : submission.mistakes;
  return (
    <form
      ref={form}
      id="tell"
      className="tell"
      noValidate
      aria-busy={submission.pending}
      onSubmit={submission.onSubmit}
    >
      <Field id="likes" label={toy.like} autoComplete="off" submission={{ ...submission, mistakes }} />
      <SubmitButton quiet submission={submission} action={toy.tell} doing={toy.telling} />
      {!mistake && mistakes[0] && (
        <p className="mistake" role="alert">
          {mistakes[0].words}
        </p>
      )}
    </form>
  );
}
