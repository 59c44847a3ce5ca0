import 'react';

declare global {
  interface ImportMetaEnv {
    /** The URL of the server, `http://localhost:3000` for instance. Undefined: the server has the origin of this page. */
    readonly VITE_API_URL?: string;
    /** The version of the product, `0.1`. */
    readonly COATCHECK_VERSION: string;
    /** The URL of the published repository. Empty until a publisher has put it into package.json. */
    readonly COATCHECK_SOURCE: string;
  }
}

declare module 'react' {
  interface InputHTMLAttributes<T> extends React.HTMLAttributes<T> {
    /** The rules for a password that a password manager generates (Apple's password rules). */
    passwordrules?: string | undefined;
  }
}
