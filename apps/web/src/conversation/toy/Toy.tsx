import { Answers } from './Answers.tsx';
import { Ask } from './Ask.tsx';
import { Tell } from './Tell.tsx';

/** The buttons that call the server, in any order: ask with the ticket or without it, and tell. */
export function Toy() {
  return (
    <div className="toy">
      <Ask />
      <Answers />
      <Tell />
    </div>
  );
}
