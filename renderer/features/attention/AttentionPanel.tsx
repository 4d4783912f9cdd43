// Money that was not received after all: deferred payments declined, expired or lost, for the manager.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { errorTexts } from '../../contract/error-texts.ts';
import type { ExceptionView } from '../../contract/snapshot.ts';
import { useLanguage } from '../i18n/index.ts';
import { formatDay, formatYuan } from '../lib/format.ts';
import { useKeys } from '../lib/keyboard.ts';
import { useTill } from '../lib/till.tsx';
import { Key } from '../ui/Key.tsx';

const SHOWN_rows = 7;

function useExceptions(): readonly ExceptionView[] | null {
  const { send } = useTill();
  const [rows, setRows] = useState<readonly ExceptionView[] | null>(null);
  useEffect(() => {
    void send('exceptions.list', {}).then((reply) => {
      if (reply.ok) setRows(reply.result as ExceptionView[]);
    });
  }, [send]);
  return rows;
}

function Rows({ rows }: { rows: readonly ExceptionView[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (rows.length === 0) return <p className="mt-4 text-[1.375rem]">{t('attention.none')}</p>;
  return (
    <table className="mt-4 w-full text-left text-[1.125rem]">
      <thead className="text-[1rem] text-ink-2">
        <tr className="border-b-2 border-line">
          <th className="py-1 font-normal">{t('attention.when')}</th>
          <th className="font-normal">{t('attention.order')}</th>
          <th className="font-normal">{t('attention.reason')}</th>
          <th className="text-right font-normal">{t('attention.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, SHOWN_rows).map((row) => (
          <tr key={row.attemptId} className="border-b border-line align-top">
            <td className="digits py-2 pr-4 whitespace-nowrap">{formatDay(row.at_ms)}</td>
            <td className="digits py-2 pr-4 whitespace-nowrap">{row.orderNumber}</td>
            <td className="py-2 pr-4">
              {errorTexts[language][row.reason].what}
              <span className="digits ml-2 text-[1rem] text-ink-2">
                {row.reason}
                {row.acquirerCode === null ? '' : ` · ${row.acquirerCode}`}
              </span>
            </td>
            <td className="digits py-2 text-right font-bold">{formatYuan(row.amount_fen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Keys({ onClose }: { onClose: () => void }) {
  useKeys({ Enter: onClose, F8: onClose }, true);
  return null;
}

export function AttentionPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const rows = useExceptions();
  const hidden = (rows?.length ?? 0) - SHOWN_rows;
  return (
    <ModalOverlay
      isOpen
      isKeyboardDismissDisabled
      className="fixed inset-0 grid place-items-center bg-ink/60"
    >
      <Modal className="w-[66rem] rounded-2xl bg-paper p-6">
        <Dialog className="outline-none">
          <Keys onClose={onClose} />
          <div className="flex items-center justify-between gap-4">
            <div>
              <Heading slot="title" className="text-[2rem] font-bold">
                {t('attention.title')}
              </Heading>
              <p className="text-[1.25rem] text-ink-2">{t('attention.body')}</p>
            </div>
            <Key size="small" label={t('attention.close')} shortcut="Escape" onPress={onClose} />
          </div>
          {rows === null ? null : <Rows rows={rows} />}
          {hidden > 0 ? (
            <p className="mt-3 text-[1.125rem]">{t('attention.more', { count: hidden })}</p>
          ) : null}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
