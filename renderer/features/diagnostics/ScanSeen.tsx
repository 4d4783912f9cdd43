// A scan has come: an OK to be read from where the scanner stands, and what it was. A payment code is masked by the core.
import { useWords } from '../../i18n/index.ts';
import { useEffect } from 'react';
import type { ScanTestView } from '../../../contract/diagnostics.ts';
import { playTone } from '../../lib/tones.ts';
import { Facts } from '../../ui/Facts.tsx';
import { useSchemeName } from '../../ui/useSchemeName.ts';
import { Glyph } from '../../ui/Glyph.tsx';

type Seen = Extract<ScanTestView, { state: 'seen' }>;

/** Large enough for the longest that scanners read in one line; longer ones wrap. */
function Content({ shown }: { shown: string }) {
  const t = useWords();
  return (
    <div>
      <p className="text-[1.125rem] text-ink-2">{t('scanTest.content')}</p>
      <p data-shown className="digits text-[2rem] leading-tight font-bold [overflow-wrap:anywhere]">
        {shown}
      </p>
    </div>
  );
}

function Verdict({ isKnown, count }: { isKnown: boolean; count: number }) {
  const t = useWords();
  return (
    <div
      role="status"
      className={`flex flex-col items-center justify-center rounded-xl border-4 py-3 ${
        isKnown ? 'border-ok bg-ok-pale' : 'border-wait bg-wait-pale'
      }`}
    >
      <Glyph tone={isKnown ? 'ok' : 'wait'} mark={isKnown ? 'tick' : 'question'} className="size-44" />
      <b className={isKnown ? 'text-[9rem] leading-none' : 'px-4 text-center text-[2.25rem] leading-tight'}>
        {isKnown ? t('scanTest.ok') : t('scanTest.strange')}
      </b>
      {count === 0 ? null : (
        <span className="digits mt-1 text-[1.5rem]">{t('scanTest.okCount', { count })}</span>
      )}
    </div>
  );
}

/** Mounted anew for each scan, and heard each time. */
export function ScanSeen({ seen, count }: { seen: Seen; count: number }) {
  const t = useWords();
  const schemeName = useSchemeName();
  useEffect(() => playTone('scanned'), []);
  const isKnown = seen.kind !== 'other';
  // The core says mask and wallet in one: `130812********0584 WECHAT`.
  const [mask = '', scheme] = seen.kind === 'paymentCode' ? seen.shown.split(' ') : [seen.shown];
  const kind = t(`scanTest.kind_${seen.kind}`);
  const facts = [
    {
      label: t('scanTest.kind'),
      value: scheme === undefined ? kind : `${kind} · ${schemeName(scheme)}`,
      isStrong: true,
    },
    { label: t('scanTest.length'), value: t('scanTest.bytes', { count: seen.length_bytes }) },
    { label: t('scanTest.symbology'), value: seen.symbology ?? t('scanTest.symbologyUntold') },
    { label: t('scanTest.scanner'), value: seen.scannerId },
  ];
  return (
    <div className="grid min-h-[26rem] grid-cols-[24rem_minmax(0,1fr)] gap-6">
      <Verdict isKnown={isKnown} count={count} />
      <div className="flex min-w-0 flex-col justify-center gap-4">
        <Content shown={mask} />
        <Facts facts={facts} size="text-[1.375rem]" />
        {isKnown ? null : <p className="text-[1.125rem] leading-snug">{t('scanTest.strangeBody')}</p>}
      </div>
    </div>
  );
}
