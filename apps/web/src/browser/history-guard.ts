let mayMove: (() => boolean) | undefined;

// Browsers call the listeners at the window in the order in which they were added. The page's router adds its own later.
window.addEventListener('popstate', (event) => {
  if (mayMove && !mayMove()) event.stopImmediatePropagation();
});

/**
 * Has the page ask before it follows the browser's Back and Forward.
 * @param ask called when the browser has moved already. False: the page stays as it is, and `ask` has put the URL back
 * @returns ends that
 */
export function guardHistory(ask: () => boolean): () => void {
  mayMove = ask;
  return () => {
    mayMove = undefined;
  };
}
