import type { StepName } from './steps.ts';

/** The lines of a small Flask program that do the same as each step. The lesson of that program was the model for this page. */
export const flaskLines: Partial<Record<StepName, string>> = {
  visit: `if 'username' in session:
    return 'Logged in as %s' % escape(session['username'])
return 'You are not logged in'`,
  remember: `session['username'] = request.form['username']`,
  register: `# Homework: create a registration page`,
  logIn: `if request.method == 'POST':
    session['username'] = request.form['username']
    return redirect(url_for('index'))`,
  row: `# Set the secret key to some random bytes.
# Keep this really secret!
app.secret_key = b'_5#y2L"F4Q8z\\n\\xec]/'`,
  logOut: `# remove the username from the session if it's there
session.pop('username', None)`,
};
