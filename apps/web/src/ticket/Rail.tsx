import type { VisitorState } from '../session/visitor-state.ts';
import { printOf } from './number.ts';

/** A hook every 160 units, far beyond both sides of the picture: the rail goes from edge to edge of any window. */
const hooksFrom = (first: number) =>
  Array.from({ length: 40 }, (_, i) => `M${first + i * 160} 0v14c0 4 8 4 8 10a8 8 0 0 1-16 1`).join('');
const hooks = hooksFrom(200 - 20 * 160);
const hooksBetween = hooksFrom(280 - 20 * 160);

/**
 * The cloakroom: hooks on the rail that the page's head ends in, and a coat in the session's stock, with the
 * ticket's number pinned to it, while the visitor has a session. The rail is empty until the server has told.
 */
export function Rail({ state }: { state: VisitorState }) {
  const session = state.is === 'known' ? state.conversation.session : null;
  return (
    <svg className="rail" viewBox="0 0 400 240" preserveAspectRatio="xMidYMin slice" aria-hidden="true">
      {state.is === 'known' && (
        <>
          <path className="hooks" d={hooks} />
          <path className="hooks between" d={hooksBetween} />
        </>
      )}
      {session && <Coat {...printOf(session.id)} />}
    </svg>
  );
}

function Coat({ stock, number }: { stock: number; number: string }) {
  return (
    <g className="coat" data-stock={stock}>
      <path
        className="cloth"
        d="M184 58 150 70q-5 2-6 7l-22 91 22 8 16-52-8 110h96l-8-110 16 52 22-8-22-91q-1-5-6-7l-34-12-16 18z"
      />
      <path
        className="seam"
        d="M184 58 200 98l16-40M200 98v136M166 182h20M214 182h20M207 124h.01M207 148h.01M207 172h.01"
      />
      <path className="hanger" d="M200 32v10m-22 18 22-18 22 18" />
      <g className="tag">
        <path d="m218 106 12 16" />
        <path className="paper" d="m226 116 74 10-5 34-74-10z" />
        <text transform="rotate(7.7 232 142)" x="232" y="145">
          {number}
        </text>
      </g>
    </g>
  );
}
