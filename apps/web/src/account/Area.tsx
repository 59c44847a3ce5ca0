import type { User } from '@coatcheck/api-types';
import { Route, Switch } from 'wouter';
import type { Known } from '../session/session.ts';
import { Activity } from './Activity.tsx';
import { Leave } from './Leave.tsx';
import { NewPassword } from './NewPassword.tsx';
import { Overview } from './Overview.tsx';
import { Sessions } from './Sessions.tsx';
import './account.css';

/** What belongs to whoever is logged in: a page for each thing that one can see or do there. */
export function Area({ standing, user }: { standing: Known; user: User }) {
  return (
    <Switch>
      <Route path="/account/sessions">
        <Sessions />
      </Route>
      <Route path="/account/password">
        <NewPassword user={user} least={standing.conversation.passwordMinLength} />
      </Route>
      <Route path="/account/activity">
        <Activity />
      </Route>
      <Route path="/account/leave">
        <Leave user={user} />
      </Route>
      <Route>
        <Overview user={user} conversation={standing.conversation} />
      </Route>
    </Switch>
  );
}
