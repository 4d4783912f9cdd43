// Each choice of a long list has a key of the keyboard, and no two the same.
import { expect, it } from 'vitest';
import { keyName } from '../lib/keyboard.ts';
import { choiceKeys } from './Choices.tsx';

it('a shop with more wallets than nine chooses each of them by keys', () => {
  expect(choiceKeys).toHaveLength(20);
  expect(new Set(choiceKeys).size).toBe(20);
  // As a keyboard names them: a digit, or a function key.
  expect(choiceKeys.filter((key) => keyName(key) !== 'digit' && !/^F([2-9]|1[01])$/.test(key))).toEqual([]);
  expect(choiceKeys[9]).toBe('0');
});
