// "I have paid": which payment? By the bar code on the customer's phone, or digits typed from it.
import { useWords } from '../../i18n/index.ts';
import { useTill } from '../../lib/till.tsx';
import { AskNumber } from '../../ui/AskNumber.tsx';

/** An acquirer's number has 28; fewer than the end of a code name too many. */
const digits = { least: 4, most: 32 };

type Props = { onClose: () => void; onFound: () => void; onBrowse: () => void };

export function AskPayment({ onClose, onFound, onBrowse }: Props) {
  const t = useWords();
  const { send } = useTill();
  const find = async (text: string) => {
    const reply = await send('payment.find', { text });
    if (reply.ok) onFound();
  };
  return (
    <AskNumber
      title={t('evidence.findTitle')}
      body={t('evidence.findBody')}
      hint={t('evidence.findHint')}
      label={t('evidence.number')}
      find={t('evidence.find')}
      digits={digits}
      onFind={(text) => void find(text)}
      browse={{ label: t('sold.browse'), onPress: onBrowse }}
      onClose={onClose}
    />
  );
}
