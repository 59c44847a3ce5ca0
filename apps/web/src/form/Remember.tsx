import { useWords } from '../words/words.ts';

/** "Stay logged in on this device". */
export function Remember({ id }: { id: string }) {
  const words = useWords();
  return (
    <div className="check">
      <input type="checkbox" id={id} name={id} />
      <label htmlFor={id}>{words.remember}</label>
    </div>
  );
}
