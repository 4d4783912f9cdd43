// Listens to the page's keys before everybody else, and gives back those that a person typed. Untrusted events, its own
// among them, are none of its business.
import { isSuffixCode, scannedText } from './wedge-keys.ts';
import { type Ending, type Stroke, WedgeDetector } from './wedge.ts';

export type WedgeOptions = {
  isOn(): boolean;
  ended(ending: Ending): void;
};

type HeldKey = Stroke & { key: string; code: string; shiftKey: boolean };

function held(event: KeyboardEvent): HeldKey {
  const { code, key, shiftKey, repeat } = event;
  const isTyped = key.length === 1 || key === 'Process';
  // a key held down repeats as fast as a scanner types
  const text = repeat || !isTyped ? null : code === 'Space' ? ' ' : scannedText(code, shiftKey);
  const typedKey = key === 'Process' ? (text ?? key) : key;
  const isSuffix = !repeat && isSuffixCode(code);
  return { text, isSuffix, at_ms: event.timeStamp, key: typedKey, code, shiftKey };
}

/** As the browser would have: first to whoever listens, then into the field. */
function type({ key, code, shiftKey }: HeldKey): void {
  const target = document.activeElement ?? document.body;
  const event = new KeyboardEvent('keydown', { key, code, shiftKey, bubbles: true, cancelable: true });
  if (!target.dispatchEvent(event) || !(target instanceof HTMLInputElement) || key.length !== 1) return;
  const at = target.selectionStart ?? target.value.length;
  target.setRangeText(key, at, target.selectionEnd ?? at, 'end');
  target.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: key }));
}

export function listenToWedge({ isOn, ended }: WedgeOptions): void {
  const detector = new WedgeDetector<HeldKey>();
  let timer = 0;
  let typing = Promise.resolve();

  const typeAll = (keys: readonly HeldKey[]): void => {
    // one after the other: the first digit opens the field that the second belongs into
    for (const key of keys) typing = typing.then(() => type(key));
  };
  const schedule = (): void => {
    window.clearTimeout(timer);
    const wait_ms = detector.wait_ms(performance.now());
    if (wait_ms === null) return;
    // keys that wait behind this timer in a busy page go first
    timer = window.setTimeout(() => (timer = window.setTimeout(fallSilent)), wait_ms + 1);
  };
  const fallSilent = (): void => {
    const { typed, ending } = detector.silence(performance.now());
    typeAll(typed);
    if (ending !== null) ended(ending);
    schedule();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isAlone = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!event.isTrusted || !isAlone || event.key === 'Shift' || event.key === 'CapsLock' || !isOn()) return;
    const { passes, typed, ending } = detector.key(held(event));
    if (!passes) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    // They do not overtake each other: held keys are typed in microtasks, which run before the next listener hears this
    // key. It goes on as it is, since an imitation of Backspace, Tab or Enter deletes, moves and presses nothing.
    typeAll(typed);
    if (ending !== null) ended(ending);
    schedule();
  };
  window.addEventListener('keydown', onKeyDown, { capture: true });
}
