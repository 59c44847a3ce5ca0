/**
 * The pages of an account by their paths. `screen` is the name of a component and of its file in account/pages, `words` the
 * name of its words in i18n/LANGUAGE/account.ts.
 */
export const accountPages = {
  '/account': { screen: 'Overview', words: 'overview' },
  '/account/sessions': { screen: 'Sessions', words: 'sessions' },
  '/account/activity': { screen: 'Activity', words: 'activity' },
  '/account/ways': { screen: 'Ways', words: 'ways' },
  '/account/password': { screen: 'NewPassword', words: 'newPassword' },
  '/account/leave': { screen: 'Leave', words: 'leave' },
} as const;

/** The path of a page of an account. */
export type AccountPath = keyof typeof accountPages;

/** Whether a path is that of a page of an account. */
export const isAccountPath = (path: string): path is AccountPath => Object.hasOwn(accountPages, path);

/** The pages besides the login that end with a visitor who is logged in. Their screens stand in the part `enter`. */
export const enterPaths = ['/register', '/recover', '/enter'] as const;

/** The path of a page of the part `enter`. */
export type EnterPath = (typeof enterPaths)[number];

/** Whether a path is that of a page of the part `enter`. */
export const isEnterPath = (path: string): path is EnterPath => enterPaths.some((each) => each === path);

/** The paths of all pages. The build hands them to the server, which answers every other path with 404. */
export const paths = [
  '/',
  '/login',
  ...enterPaths,
  '/goodbye',
  '/conversation',
  '/why',
  ...Object.keys(accountPages),
];
