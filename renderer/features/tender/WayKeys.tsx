// The ways on that a sale being paid allows: cash, a part, a code of ours, back, drop it; or, in doubt, to give the payment up; or,
// collected again, to leave it.
import { useWords } from '../../i18n/index.ts';
import type { PaymentView, RouteView, SaleView } from '../../../contract/snapshot.ts';
import { secondsUntil } from '../../lib/format.ts';
import { useNow_ms, useTill } from '../../lib/till.tsx';
import { Key, type KeyProps } from '../../ui/Key.tsx';
import { type Asked, isBlocked, paymentAtHand } from './at-hand.ts';
import { CodeKey } from './CodeKey.tsx';
import { hasCodeRoute } from './code-routes.ts';

export type Way = Asked['kind'] | 'part';

type Props = { sale: SaleView; go: (way: Way) => void };

function GiveUpKey({ payment, onPress }: { payment: PaymentView; onPress: () => void }) {
  const t = useWords();
  const now_ms = useNow_ms();
  const wait_s = payment.giveUpFrom_ms === null ? 0 : secondsUntil(payment.giveUpFrom_ms, now_ms);
  const canGiveUp = payment.canGiveUp || wait_s === 0;
  const isCode = payment.state === 'presenting';
  const after = isCode ? t('code.closeNote') : t('tender.giveUpNote');
  const note = canGiveUp ? after : t('tender.giveUpIn', { count: wait_s });
  return (
    <Key
      label={isCode ? t('code.close') : t('tender.giveUp')}
      note={note}
      shortcut="F9"
      isDisabled={!canGiveUp}
      onPress={onPress}
      className="px-2!"
    />
  );
}

function CashKey({ sale, go, className = '' }: Props & { className?: string }) {
  const t = useWords();
  return (
    <Key
      label={<span className="text-[1.625rem] font-bold">{t('tender.cash')}</span>}
      shortcut="F5"
      isDisabled={!sale.canPayCash}
      className={className}
      onPress={() => go('cash')}
    />
  );
}

function ParkKey(props: Pick<KeyProps, 'size' | 'className'>) {
  const t = useWords();
  const { send } = useTill();
  return <Key {...props} label={t('parked.park')} shortcut="F3" onPress={() => void send('sale.park', {})} />;
}

/** A sold sale is not parked: its open payment keeps its place in the list of what is to be settled. */
function LeaveKey(props: Pick<KeyProps, 'className'>) {
  const t = useWords();
  const { send } = useTill();
  const leave = () => void send('sale.next', {});
  return (
    <Key
      {...props}
      size="small"
      label={t('collect.leave')}
      note={t('collect.leaveNote')}
      shortcut="Escape"
      onPress={leave}
    />
  );
}

function DropKey({ sale, go, className }: Props & Pick<KeyProps, 'className'>) {
  const t = useWords();
  return (
    <Key
      size="small"
      look="danger"
      label={t('sell.cancel')}
      shortcut="F9"
      isDisabled={!sale.canCancel}
      onPress={() => go('cancel')}
      {...(className !== undefined && { className })}
    />
  );
}

/** "I have paid": what is known of it, on paper, whatever it is. */
function EvidenceKey({ payment, ...props }: { payment: PaymentView } & Pick<KeyProps, 'className'>) {
  const t = useWords();
  const { send } = useTill();
  const print = () => void send('evidence.print', { attemptId: payment.attemptId });
  return <Key {...props} size="small" label={t('evidence.slip')} shortcut="F2" onPress={print} />;
}

/** For a customer who can't see the screen. */
function PrintCodeKey({ payment }: { payment: PaymentView }) {
  const t = useWords();
  const { send } = useTill();
  const print = () => void send('code.print', { attemptId: payment.attemptId });
  return <Key size="small" label={t('code.print')} shortcut="F4" className="col-span-2" onPress={print} />;
}

/** While a payment is in doubt or on its way back: it goes its own way, and only these are safe beside it. */
function DoubtKeys({ sale, go, payment }: Props & { payment: PaymentView }) {
  const canGiveUp = payment.canGiveUp || payment.giveUpFrom_ms !== null;
  const width = canGiveUp === sale.canPayCash ? '' : 'col-span-2';
  const others = [sale.canPark, sale.isCollecting, sale.canCancel].filter(Boolean).length;
  // In one row: the card above them needs its room.
  const columns = others === 2 ? 'grid-cols-3' : others === 1 ? 'grid-cols-2' : '';
  const narrow = others === 2 ? 'px-1!' : '';
  return (
    <>
      {sale.canPayCash ? <CashKey sale={sale} go={go} className={width} /> : null}
      {canGiveUp ? (
        <div className={`grid ${width}`}>
          <GiveUpKey payment={payment} onPress={() => go('giveUp')} />
        </div>
      ) : null}
      <div className={`col-span-2 grid gap-2.5 ${columns}`}>
        {sale.canPark ? <ParkKey size="small" className={narrow} /> : null}
        {sale.isCollecting ? <LeaveKey /> : null}
        {sale.canCancel ? <DropKey sale={sale} go={go} className={narrow} /> : null}
        <EvidenceKey payment={payment} className={narrow} />
      </div>
      {payment.code === null ? null : <PrintCodeKey payment={payment} />}
    </>
  );
}

/** The tenders themselves: cash, a part, and a code of ours where this till shows some. */
function TenderKeys({ sale, routes, go }: Props & { routes: readonly RouteView[] }) {
  const t = useWords();
  const isPart = sale.walletPart_fen !== null;
  const hasCode = sale.due_fen > 0 && hasCodeRoute(routes);
  return (
    <div className={`col-span-2 grid gap-2.5 ${hasCode ? 'grid-cols-3' : 'grid-cols-2'}`}>
      <CashKey sale={sale} go={go} />
      <Key
        label={t('tender.part')}
        note={isPart ? t('tender.partSet') : t('tender.partNote')}
        shortcut="F4"
        isDisabled={sale.due_fen === 0}
        onPress={() => go('part')}
      />
      {hasCode ? <CodeKey routes={routes} /> : null}
    </div>
  );
}

/** Back to the goods, aside, or dropped. */
function AwayKeys({ sale, go }: Props) {
  const t = useWords();
  const { send } = useTill();
  return (
    <>
      {!sale.canGoBack && sale.canPark ? (
        <ParkKey size="small" />
      ) : (
        <Key
          size="small"
          label={t('tender.back')}
          shortcut="Escape"
          isDisabled={!sale.canGoBack}
          onPress={() => void send('sale.backToGoods', {})}
        />
      )}
      <DropKey sale={sale} go={go} />
    </>
  );
}

export function WayKeys({ sale, routes, go }: Props & { routes: readonly RouteView[] }) {
  const payment = paymentAtHand(sale);
  if (payment && isBlocked(sale)) return <DoubtKeys sale={sale} go={go} payment={payment} />;
  return (
    <>
      <TenderKeys sale={sale} routes={routes} go={go} />
      {sale.isCollecting ? <LeaveKey /> : <AwayKeys sale={sale} go={go} />}
      {payment === undefined ? null : (
        <EvidenceKey payment={payment} className={sale.isCollecting ? '' : 'col-span-2'} />
      )}
    </>
  );
}
