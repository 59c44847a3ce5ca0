import type { Standing } from '../session/session.ts';
import { printOf } from './number.ts';

const hooks = [40, 120, 200, 280, 360];

/**
 * The cloakroom: hooks on the rail that the page's head ends in, and a coat in the session's stock while the
 * server keeps one. While nobody knows, there is nothing to see.
 */
export function Rail({ standing }: { standing: Standing }) {
  const session = standing.is === 'known' ? standing.conversation.session : null;
  const empty = standing.is === 'known' && !session;
  return (
    <svg className={empty ? 'rail empty' : 'rail'} viewBox="0 0 400 240" aria-hidden="true">
      {standing.is === 'known' &&
        hooks.map((x) => <path key={x} className="hook" d={`M${x} 0v14c0 4 8 4 8 10a8 8 0 0 1-16 1`} />)}
      {session && (
        <g className="coat" data-stock={printOf(session.id).stock}>
          <path
            className="cloth"
            d="M184 58 146 72 122 168l22 8 16-52-8 106h96l-8-106 16 52 22-8-24-96-38-14-16 18z"
          />
          <path className="seam" d="M184 58 200 96l16-38M200 96v134M170 178h16M214 178h16" />
          <path className="hanger" d="M200 32v10m-24 18 24-18 24 18" />
        </g>
      )}
    </svg>
  );
}
