/** Once the page has an element; it comes with the first answer. */
export function whenThere(selector: string, then: () => void) {
  if (document.querySelector(selector)) return then();
  new MutationObserver((_, observer) => {
    if (!document.querySelector(selector)) return;
    observer.disconnect();
    then();
  }).observe(document.body, { childList: true, subtree: true });
}
