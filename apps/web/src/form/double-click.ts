/** Two presses at most this far apart are a double click. A finger aims less well than a mouse. */
const doubleClick = { maxMs: 500, maxPixels: 5, maxTouchPixels: 24 };

let pressed: PointerEvent | undefined;
window.addEventListener(
  'pointerdown',
  (event) => {
    pressed = event;
  },
  true,
);

// A key that is held down presses only once: focus may have moved to a button that nobody meant to press.
window.addEventListener(
  'keydown',
  (event) => {
    if (event.repeat && event.key === 'Enter') event.preventDefault();
    pressed = undefined;
  },
  true,
);

/** Whether a key was pressed last, and not a pointer. */
export const wasKey = (): boolean => pressed === undefined;

/**
 * Ignores the second click of a double click, to be called when something new has come under the pointer: the person meant
 * what was there before. Clicks by keys and clicks elsewhere go through. A click elsewhere also ends the wait for a second click.
 */
export function ignoreSecondClick(): void {
  const first = pressed;
  if (!first) return;
  const pixels = first.pointerType === 'touch' ? doubleClick.maxTouchPixels : doubleClick.maxPixels;
  const ignore = (event: MouseEvent) => {
    const { clientX, clientY, detail } = event;
    // A key clicks without a count.
    if (detail === 0) return;
    if (Math.hypot(clientX - first.clientX, clientY - first.clientY) > pixels) return stop();
    event.preventDefault();
    event.stopPropagation();
  };
  const stop = () => window.removeEventListener('click', ignore, true);
  window.addEventListener('click', ignore, true);
  setTimeout(stop, doubleClick.maxMs);
}
