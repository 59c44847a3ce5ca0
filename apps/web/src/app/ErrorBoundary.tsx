import { Component, type ReactNode } from 'react';
import { basePath } from '../browser/base-path.ts';
import { thisPage } from '../browser/renewal.ts';
import { useWords } from '../i18n/words.ts';
import { Contact } from '../layout/Contact.tsx';
import { Page } from '../layout/Page.tsx';

/** Catches errors of this page's code, and shows two ways out instead of a blank window. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

// Plain links load everything anew. The error may be in the router.
function Broken() {
  const words = useWords();
  return (
    <div className="room">
      <main>
        <Page heading={words.broken.title}>
          <p>
            <span>{words.broken.body}</span> <Contact before={words.help} />
          </p>
          <div className="actions">
            <a href={thisPage()} className="button">
              {words.broken.reload}
            </a>
            <a href={`${basePath}/`} className="button quiet">
              {words.home}
            </a>
          </div>
        </Page>
      </main>
    </div>
  );
}
