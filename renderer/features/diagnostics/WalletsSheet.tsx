// Which wallet of the interconnection this till takes, by which route; and why not where none does.
import type { WalletsView, WalletView, WhyNotView } from '../../../contract/diagnostics.ts';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { StateCard } from '../../ui/StateCard.tsx';
import { Refused, TestSheet } from './TestSheet.tsx';
import { NOTHING, useAsked } from './useAsked.ts';

/** Why not, with the routes that it is about. */
function Why({ why }: { why: WhyNotView }) {
  const t = useWords();
  const word = t(`wallets.${why.reason}`);
  return why.routeIds.length === 0 ? word : `${word} (${why.routeIds.join(', ')})`;
}

function Ways({ ways, why }: { ways: WalletView['taken']; why: WhyNotView | null }) {
  if (why !== null) return <Why why={why} />;
  return ways.map(({ scheme, routeIds }) => (
    <p key={scheme} className="digits">{`${scheme} → ${routeIds.join(', ')}`}</p>
  ));
}

function Row({ wallet }: { wallet: WalletView }) {
  const t = useWords();
  const isChinese = useLanguage() === 'zh';
  const isTaken = wallet.taken.length + wallet.shown.length > 0;
  const sure = wallet.formats.map(({ scheme, confidence }) => `${scheme} ${confidence ?? t('wallets.own')}`);
  return (
    <tr data-wallet={wallet.name_en} className="border-t border-line align-top">
      <td className="py-1.5 pr-4 text-[1.125rem] leading-snug font-bold">
        <span className={isTaken ? 'text-ok' : 'text-no'}>{isTaken ? '✓ ' : '✕ '}</span>
        {isChinese ? wallet.name_zh : wallet.name_en}
      </td>
      <td className="py-1.5 pr-4 text-[1.0625rem] leading-snug">
        <Ways ways={wallet.taken} why={wallet.notTaken} />
      </td>
      <td className="py-1.5 pr-4 text-[1.0625rem] leading-snug">
        <Ways ways={wallet.shown} why={wallet.notShown} />
      </td>
      <td className="py-1.5 text-[1rem] leading-snug text-ink-2">
        {isChinese ? wallet.note_zh : wallet.note_en}
        {sure.length === 0 ? null : ` (${sure.join(', ')})`}
      </td>
    </tr>
  );
}

export function WalletsSheet({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const { isAsking, result } = useAsked('diagnostics.wallets', NOTHING);
  const view = result as WalletsView | null;
  return (
    <TestSheet title={t('wallets.title')} onClose={onClose} width="w-[72rem]">
      {isAsking ? <StateCard tone="info" mark="clock" title={t('diagnosisReport.busy')} /> : null}
      {isAsking ? null : <Refused />}
      {isAsking || view === null ? null : (
        <table className="w-full border-collapse text-left">
          <thead>
            <tr className="text-[1rem] text-ink-2">
              <th />
              <th className="py-1 pr-4 font-normal">{t('wallets.passive')}</th>
              <th className="py-1 pr-4 font-normal">{t('wallets.main')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {view.wallets.map((wallet) => (
              <Row key={wallet.name_en} wallet={wallet} />
            ))}
          </tbody>
        </table>
      )}
      <p className="text-[1.0625rem] leading-snug text-ink-2">{t('wallets.hint')}</p>
    </TestSheet>
  );
}
