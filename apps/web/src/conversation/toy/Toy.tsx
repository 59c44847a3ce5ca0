import { Answers } from './Answers.tsx';
import { Ask } from './Ask.tsx';
import { Endings } from './Endings.tsx';
import { Tell } from './Tell.tsx';

/** The buttons that call the server, in any order. @param isMember whether somebody is logged in */
export function Toy({ isMember }: { isMember: boolean }) {
  return (
    <div className="toy">
      <Ask />
      <Answers />
      <Tell />
      <Endings isMember={isMember} />
    </div>
  );
}
