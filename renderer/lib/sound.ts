// Lets the store be heard.
import type { Store } from './store.ts';
import { playTone, toneFor } from './tones.ts';

export function soundOn(store: Store): () => void {
  return store.subscribe((now, before) => {
    if (now.snapshot !== before.snapshot && now.snapshot !== null) {
      const tone = toneFor(before.snapshot, now.snapshot);
      if (tone !== null) playTone(tone);
    }
    // A refusal that comes with a notice of the same code has been heard already.
    const isNew = now.refusal !== before.refusal && now.refusal !== null;
    if (isNew && now.snapshot?.notice?.code !== now.refusal?.code) playTone('bad');
  });
}
