// The customer's screen: his sum, our code, and how it ended; the shop's name otherwise. Nothing on it can be touched.
import type { ReactNode } from 'react';
import type { DisplayShow } from '../../contract/display.ts';
import { formatFen, secondsUntil } from '../lib/format.ts';
import { Glyph } from '../ui/Glyph.tsx';
import { QrCode } from '../ui/QrCode.tsx';
import { coreNow_ms, type ScreenState, type Shown, shownAt } from './screen.ts';
import { itemWords, type Pair, scanWords, secondsWords, words } from './words.ts';

type Of<Kind extends Shown['kind']> = Extract<Shown, { kind: Kind }>;

function Both({ pair, className }: { pair: Pair; className: string }) {
  return (
    <p className={className}>
      {pair.zh} <span className="text-[0.7em] text-ink-2">{pair.en}</span>
    </p>
  );
}

function Sum({ pair, amount_fen, isSmall = false }: { pair: Pair; amount_fen: number; isSmall?: boolean }) {
  return (
    <div>
      <Both pair={pair} className={isSmall ? 'text-[4vh]' : 'text-[5vh]'} />
      <p className={`digits leading-none font-bold ${isSmall ? 'text-[7vh]' : 'text-[17vh]'}`}>
        <span className="text-[0.5em]">¥</span>
        {formatFen(amount_fen)}
      </p>
    </div>
  );
}

function Centre({ children }: { children: ReactNode }) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-[4vh] px-[4vw] text-center">
      {children}
    </div>
  );
}

function Sale({ show }: { show: Of<'sale'> }) {
  const isPart = show.due_fen !== show.total_fen;
  if (!show.isToPay) {
    return (
      <Centre>
        <Both pair={itemWords(show.itemCount)} className="text-[4vh]" />
        <Sum pair={words.total} amount_fen={show.total_fen} />
      </Centre>
    );
  }
  return (
    <Centre>
      {isPart ? <Sum pair={words.total} amount_fen={show.total_fen} isSmall /> : null}
      <Sum pair={words.due} amount_fen={show.due_fen} />
      <Both pair={show.isWorking ? words.working : words.payByCode} className="text-[4.5vh] font-bold" />
    </Centre>
  );
}

/** As large as the screen allows: it is read from the other side of a counter. */
function Code({ show, now_ms }: { show: Of<'code'>; now_ms: number }) {
  const scan = scanWords(show.scheme);
  const asks = show.isScanned ? words.scanned : scan;
  const side_px = Math.min(window.innerHeight * 0.76, window.innerWidth * 0.55);
  return (
    <div className="flex h-full items-center justify-center gap-[4vw] bg-white px-[3vw]">
      <QrCode content={show.content} side_px={side_px} name={scan.zh} />
      <div className="space-y-[4vh]">
        <div className="text-[6vh] leading-tight font-bold">
          <p>{asks.zh}</p>
          <p className="text-[0.6em] font-normal text-ink-2">{asks.en}</p>
        </div>
        <p className="digits text-[11vh] leading-none font-bold">
          <span className="text-[0.5em]">¥</span>
          {formatFen(show.amount_fen)}
        </p>
        <Both pair={secondsWords(secondsUntil(show.endsAt_ms, now_ms))} className="digits text-[4vh]" />
      </div>
    </div>
  );
}

function Ended({ show }: { show: Of<'paid'> | Of<'pending'> }) {
  const isPaid = show.kind === 'paid';
  return (
    <Centre>
      <Glyph tone={isPaid ? 'ok' : 'off'} mark={isPaid ? 'tick' : 'clock'} className="size-[18vh]" />
      <Sum pair={isPaid ? words.paid : words.pending} amount_fen={show.amount_fen} />
      {isPaid && show.change_fen !== null ? (
        <Sum pair={words.change} amount_fen={show.change_fen} isSmall />
      ) : (
        <Both pair={words.thanks} className="text-[4.5vh]" />
      )}
    </Centre>
  );
}

function Body({ show, now_ms }: { show: DisplayShow | { kind: 'wait' }; now_ms: number }) {
  switch (show.kind) {
    case 'wait':
    case 'idle':
      return (
        <Centre>
          <Both pair={show.kind === 'idle' ? words.welcome : words.wait} className="text-[8vh] font-bold" />
        </Centre>
      );
    case 'sale':
      return <Sale show={show} />;
    case 'code':
      return <Code show={show} now_ms={now_ms} />;
    case 'paid':
    case 'pending':
      return <Ended show={show} />;
  }
}

export function CustomerScreen({ state, now_ms }: { state: ScreenState; now_ms: number }) {
  const { name_zh = '', name_en = '' } = state.view?.store ?? {};
  return (
    <div className="flex h-full cursor-none flex-col">
      <header className="flex h-[11vh] shrink-0 items-center gap-[2vw] bg-ink px-[3vw] text-white">
        <span className="text-[4.5vh] font-bold">{name_zh}</span>
        <span className="text-[3.2vh] text-[#c8d6e2]">{name_en}</span>
      </header>
      <main className="min-h-0 flex-1">
        <Body show={shownAt(state, now_ms)} now_ms={coreNow_ms(state, now_ms)} />
      </main>
    </div>
  );
}
