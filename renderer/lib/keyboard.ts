// Every action has a key. Layers lie on top of each other (screen, panel, dialog); the top one that knows a key gets it,
// and a modal layer hides all below. A screen that changes below an open dialog stays below it: each dialog lies one level
// higher than what it was opened from. Holding a key down never repeats an action, only moves and deletes.
import { createContext, useContext, useEffect, useLayoutEffect, useRef } from 'react';

export type KeyMap = Record<string, (key: string) => void>;
type Layer = { isModal: boolean; level: number; map: () => KeyMap };

/** How many dialogs deep a component stands. */
export const KeyLevel = createContext(0);

const layers: Layer[] = [];
const repeatable = new Set(['ArrowUp', 'ArrowDown', 'Backspace', '+', '-']);

/** Names a key event for a map: "F2", "Enter", "Delete", "+"; digits are all "digit". */
export function keyName(key: string): string {
  if (/^\d$/.test(key)) return 'digit';
  return key === '=' ? '+' : key;
}

/** The handler that gets the key, or null. Exported for its test. */
export function findHandler(stack: readonly Layer[], key: string): ((key: string) => void) | null {
  for (const layer of stack.toReversed()) {
    const map = layer.map();
    // A map may name single digits: the numbers of a menu.
    const handler = map[key] ?? map[keyName(key)];
    if (handler) return handler;
    if (layer.isModal) return null;
  }
  return null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement;
}

function isFocusedByKeyboard(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('button:focus-visible');
}

function onKeyDown(event: KeyboardEvent): void {
  const { key, target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  // An input keeps its own text keys; a key reached by Tab keeps Enter and Space.
  if (isTyping(target) && (key.length === 1 || key === 'Backspace' || key === 'Delete')) return;
  if (isFocusedByKeyboard(target) && (key === 'Enter' || key === ' ')) return;
  const handler = findHandler(layers, key);
  if (handler === null) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat || repeatable.has(keyName(key))) handler(key);
}

export function listenToKeys(): void {
  window.addEventListener('keydown', onKeyDown, { capture: true });
}

/** Puts a layer above all of its own level and below those of higher ones. Exported for its test. */
export function addLayer(stack: Layer[], layer: Layer): void {
  const above = stack.findIndex((one) => one.level > layer.level);
  stack.splice(above === -1 ? stack.length : above, 0, layer);
}

/** Adds a layer of keys while the component is on screen. */
export function useKeys(map: KeyMap, isModal = false): void {
  const level = useContext(KeyLevel);
  const latest = useRef(map);
  useLayoutEffect(() => {
    latest.current = map;
  });
  useEffect(() => {
    const layer: Layer = { isModal, level, map: () => latest.current };
    addLayer(layers, layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [isModal, level]);
}
