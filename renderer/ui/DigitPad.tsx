// A pad of digit keys, 20 mm each; the last row takes a key on either side of the 0.
import { type ReactNode } from 'react';
import { Key } from './Key.tsx';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

export function DigitPad({
  onDigit,
  left,
  right,
}: {
  onDigit: (digit: string) => void;
  left: ReactNode;
  right: ReactNode;
}) {
  const keyOf = (digit: string) => (
    <Key
      key={digit}
      label={<span className="digits text-[2rem]">{digit}</span>}
      name={digit}
      onPress={() => onDigit(digit)}
    />
  );
  return (
    <div className="col-span-2 grid grid-cols-3 gap-2.5">
      {digits.map(keyOf)}
      {left}
      {keyOf('0')}
      {right}
    </div>
  );
}
