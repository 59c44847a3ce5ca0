/** Milliseconds and CSS pixels within which two presses are a double click. */
const together = { ms: 500, pixels: 5 };

let pressed: { x: number; y: number } | undefined;
window.addEventListener('pointerdown', ({ clientX: x, clientY: y }) => (pressed = { x, y }), true);

/**
 * A new screen has come under the pointer: the second click of a double click was meant for what was there before, so
 * it presses nothing. Keys, which come from no place, are not held back, nor is a press elsewhere.
 */
export function ignoreSecondClick(): void {
  const first = pressed;
  if (!first) return;
  const ignore = (event: MouseEvent) => {
    const { clientX, clientY, detail } = event;
    if (detail === 0 || Math.hypot(clientX - first.x, clientY - first.y) > together.pixels) return;
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', ignore, true);
  setTimeout(() => window.removeEventListener('click', ignore, true), together.ms);
}
