/** Two presses at most this far apart are a double click, in milliseconds and CSS pixels. Fingers aim less well than a mouse. */
const doubleClick = { maxMs: 500, maxPixels: 5, maxTouchPixels: 24 };

let pressed: PointerEvent | undefined;
window.addEventListener(
  'pointerdown',
  (event) => {
    pressed = event;
  },
  true,
);

// A key that is held down presses once: focus may have moved on to a button that nobody meant to press.
window.addEventListener(
  'keydown',
  (event) => {
    if (event.repeat && event.key === 'Enter') event.preventDefault();
    pressed = undefined;
  },
  true,
);

/** Whether the last press was a key's, not a pointer's. */
export const wasKey = (): boolean => pressed === undefined;

/**
 * A new screen has come under the pointer: the second click of a double click was meant for what was there before, so
 * it presses nothing. Keys, which come from no place, are not held back, nor is a press elsewhere: after that, the next
 * one is no second click any more.
 */
export function ignoreSecondClick(): void {
  const first = pressed;
  if (!first) return;
  const pixels = first.pointerType === 'touch' ? doubleClick.maxTouchPixels : doubleClick.maxPixels;
  const ignore = (event: MouseEvent) => {
    const { clientX, clientY, detail } = event;
    if (detail === 0) return;
    if (Math.hypot(clientX - first.clientX, clientY - first.clientY) > pixels) return stop();
    event.preventDefault();
    event.stopPropagation();
  };
  const stop = () => window.removeEventListener('click', ignore, true);
  window.addEventListener('click', ignore, true);
  setTimeout(stop, doubleClick.maxMs);
}
