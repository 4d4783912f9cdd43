// The chosen row in whole sentences: is the money safe, and what to do. Its code alone says it to nobody.
import type { ErrorCode } from '../../../contract/errors.ts';
import { errorTexts } from '../../../contract/error-texts.ts';
import { useLanguage } from '../../i18n/index.ts';
import type { Item } from './items.ts';

function reasonOf(item: Item): ErrorCode | null {
  if (item.kind === 'exception') return item.exception.reason;
  return item.kind === 'giveBack' ? item.giveBack.reason : item.undecided.reason;
}

export function AttentionWords({ item }: { item: Item }) {
  const language = useLanguage();
  const reason = reasonOf(item);
  if (reason === null) return null;
  const { money, todo } = errorTexts[language][reason];
  return (
    <p role="status" className="mt-3 shrink-0 text-[1.25rem] leading-snug">
      {money} <b>{todo}</b>
    </p>
  );
}
