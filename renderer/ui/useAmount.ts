// An amount being typed, with what the pad needs. The first key after `put` starts anew: a ready sum is a proposal.
import { useState } from 'react';
import { amountOf_fen, textOf, typeAmount } from '../lib/amount.ts';

export function useAmount() {
  const [typed, setTyped] = useState<{ text: string; isProposal: boolean }>({ text: '', isProposal: false });
  const type = (key: string) =>
    setTyped((before) => ({
      text: typeAmount(before.isProposal ? '' : before.text, key),
      isProposal: false,
    }));
  return {
    text: typed.text,
    amount_fen: amountOf_fen(typed.text),
    put: (amount_fen: number) => setTyped({ text: textOf(amount_fen), isProposal: true }),
    clear: () => setTyped({ text: '', isProposal: false }),
    pad: {
      onDigit: type,
      onErase: () =>
        setTyped((before) => ({
          text: before.isProposal ? '' : before.text.slice(0, -1),
          isProposal: false,
        })),
      left: { label: '.', name: '.', shortcut: '.', hint: '', onPress: () => type('.') },
    },
  };
}
