import { describe, expect, it } from 'vitest';
import { addLayer, findHandler, type KeyMap, keyName } from './keyboard.ts';

const layer = (map: KeyMap, isModal = false, level = 0) => ({ isModal, level, map: () => map });

describe('the keyboard', () => {
  it('gives a key to the topmost layer that knows it', () => {
    const heard: string[] = [];
    const stack = [
      layer({ Enter: () => heard.push('screen'), F1: () => heard.push('bar') }),
      layer({ Enter: () => heard.push('panel') }),
    ];
    findHandler(stack, 'Enter')?.('Enter');
    findHandler(stack, 'F1')?.('F1');
    expect({ heard, unknown: findHandler(stack, 'F12') }).toEqual({ heard: ['panel', 'bar'], unknown: null });
  });

  it('lets nothing through a question, so that no key below acts unseen', () => {
    const heard: string[] = [];
    const stack = [
      layer({
        Enter: () => heard.push('tender'),
        F9: () => heard.push('ask'),
        F1: () => heard.push('language'),
      }),
      layer({ Enter: () => heard.push('keep') }, true),
      layer({ F9: () => heard.push('yes') }),
    ];
    for (const key of ['Enter', 'F9']) findHandler(stack, key)?.(key);
    expect({ heard, below: findHandler(stack, 'F1') }).toEqual({ heard: ['keep', 'yes'], below: null });
  });

  it('takes digits of both rows alike and the plus without shift', () => {
    expect(['0', '9', '=', '+', '-', 'Enter', 'F2', 'a'].map(keyName)).toEqual([
      'digit',
      'digit',
      '+',
      '+',
      '-',
      'Enter',
      'F2',
      'a',
    ]);
  });

  it('keeps a screen that changes below an open dialog below it', () => {
    const heard: string[] = [];
    const stack: ReturnType<typeof layer>[] = [];
    addLayer(stack, layer({ Enter: () => heard.push('sell') }));
    addLayer(stack, layer({ Enter: () => heard.push('dialog') }, true, 1));
    addLayer(stack, layer({ Enter: () => heard.push('tender') }));
    findHandler(stack, 'Enter')?.('Enter');
    expect(heard).toEqual(['dialog']);
  });

  it('gives a digit to the one who asks for that digit, before the one who takes any', () => {
    const heard: string[] = [];
    const stack = [layer({ digit: (key) => heard.push(`any ${key}`), 3: () => heard.push('three') })];
    for (const key of ['3', '4']) findHandler(stack, key)?.(key);
    expect(heard).toEqual(['three', 'any 4']);
  });
});
