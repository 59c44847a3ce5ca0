import { useWords } from '../i18n/words.ts';

/** The checkbox "Stay logged in on this device". @param id also the name under which the form sends it */
export function Remember({ id }: { id: string }) {
  const words = useWords();
  return (
    <div>
      <div className="check">
        <input type="checkbox" id={id} name={id} aria-describedby={`${id}-hint`} />
        <label htmlFor={id}>{words.remember}</label>
      </div>
      <p className="hint" id={`${id}-hint`}>
        {words.rememberHint}
      </p>
    </div>
  );
}
