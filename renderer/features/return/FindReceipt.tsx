// The sale that goods come back from: by its receipt or a payment of it, scanned or its number typed.
import { useWords } from '../../i18n/index.ts';
import { useTill } from '../../lib/till.tsx';
import { AskNumber } from '../../ui/AskNumber.tsx';

/** An acquirer's number has 28; a receipt's may be typed without its zeros. */
const digits = { least: 1, most: 32 };

type Props = { onClose: () => void; onFound: () => void; onBrowse: () => void };

export function FindReceipt({ onClose, onFound, onBrowse }: Props) {
  const t = useWords();
  const { send } = useTill();
  const find = async (text: string) => {
    const reply = await send('sale.find', { text });
    if (reply.ok) onFound();
  };
  return (
    <AskNumber
      title={t('return.findTitle')}
      body={t('return.findBody')}
      hint={t('return.findHint')}
      label={t('return.number')}
      find={t('return.find')}
      digits={digits}
      onFind={(text) => void find(text)}
      browse={{ label: t('sold.browse'), onPress: onBrowse }}
      onClose={onClose}
    />
  );
}
