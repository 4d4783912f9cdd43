// The first picture of the screen test. The places to touch reach to the last pixel of the corners:
// there a bad calibration shows first.
import { useWords } from '../../i18n/index.ts';
import { useState } from 'react';
import { Glyph } from '../../ui/Glyph.tsx';
import { Key } from '../../ui/Key.tsx';
import { greySteps } from './screen-colours.ts';

const RULER_mm = 50;

const places = [
  'top-0 left-0',
  'top-0 right-0',
  'bottom-0 left-0',
  'bottom-0 right-0',
  'top-1/2 left-1/2 -translate-x-1/2 -translate-y-1/2',
] as const;

type PlaceProps = { number: number; className: string; isTouched: boolean; onTouch: () => void };

function Place({ number, className, isTouched, onTouch }: PlaceProps) {
  const t = useWords();
  return (
    <div
      // No button: only a finger or a mouse proves anything about the glass, and Enter stays the key of the next picture.
      role="img"
      aria-label={t('screenTest.corner', { number })}
      data-touched={isTouched}
      onPointerDown={onTouch}
      className={`absolute grid size-[calc(20px*var(--px-mm))] place-items-center border-4 ${className} ${
        isTouched ? 'border-ok bg-ok-pale' : 'border-act bg-white'
      }`}
    >
      {isTouched ? (
        <Glyph tone="ok" mark="tick" className="size-16" />
      ) : (
        <span className="digits text-[2rem] font-bold text-act">{number}</span>
      )}
    </div>
  );
}

/** SVG's pixels are the layout's: 50 mm are exactly as wide as 50 mm of a key. */
function Ruler({ pxPerMm }: { pxPerMm: number }) {
  const t = useWords();
  const width_px = RULER_mm * pxPerMm;
  return (
    <div className="text-[1.125rem] leading-snug">
      <p className="font-bold">{t('screenTest.ruler')}</p>
      <svg
        data-ruler
        width={width_px}
        height={44}
        viewBox={`0 0 ${width_px} 44`}
        className="my-1 block stroke-ink"
        shapeRendering="crispEdges"
        aria-hidden="true"
      >
        <path d={`M0 1H${width_px}`} strokeWidth={2} />
        {Array.from({ length: RULER_mm + 1 }, (_, mm) => {
          const x_px = Math.min(Math.max(mm * pxPerMm, 0.5), width_px - 0.5);
          const height_px = mm % 10 === 0 ? 40 : mm % 5 === 0 ? 28 : 16;
          return <path key={mm} d={`M${x_px} 0V${height_px}`} strokeWidth={1} />;
        })}
      </svg>
      <p className="digits">{t('screenTest.rulerValue', { px: Math.round(width_px), pxPerMm })}</p>
      <p className="max-w-[26rem] text-[1rem] text-ink-2">{t('screenTest.rulerWrong')}</p>
    </div>
  );
}

const bars = ['#ff0000', '#00ff00', '#0000ff', '#00ffff', '#ff00ff', '#ffff00', '#ffffff', '#000000'];
const sizes_rem = [0.875, 1, 1.25, 1.5, 2, 2.75];

function Samples() {
  const t = useWords();
  return (
    <div className="leading-tight">
      {sizes_rem.map((size_rem) => (
        <p key={size_rem} className="digits whitespace-nowrap" style={{ fontSize: `${size_rem}rem` }}>
          {t('screenTest.sample')}
        </p>
      ))}
    </div>
  );
}

function Colours() {
  return (
    <div className="w-full" aria-hidden="true">
      {[bars, greySteps].map((row, index) => (
        <div key={index} className="flex h-18 border border-edge">
          {row.map((colour) => (
            <span key={colour} className="flex-1" style={{ background: colour }} />
          ))}
        </div>
      ))}
    </div>
  );
}

type Props = { pxPerMm: number; onNext: () => void; onClose: () => void };

export function ScreenPattern({ pxPerMm, onNext, onClose }: Props) {
  const t = useWords();
  const [touched, setTouched] = useState<readonly number[]>([]);
  const count = touched.length;
  return (
    <div className="relative h-full bg-paper">
      <div className="pointer-events-none absolute inset-0 border border-act" aria-hidden="true" />
      {places.map((className, index) => (
        <Place
          key={className}
          number={index + 1}
          className={className}
          isTouched={touched.includes(index)}
          onTouch={() => setTouched((before) => (before.includes(index) ? before : [...before, index]))}
        />
      ))}
      <div className="absolute inset-x-[calc(22px*var(--px-mm))] top-4 text-center">
        <h1 className="text-[2rem] leading-tight font-bold">{t('screenTest.touch')}</h1>
        <p role="status" className={`text-[1.25rem] ${count === places.length ? 'font-bold text-ok' : ''}`}>
          {count === places.length ? t('screenTest.touchedAll') : t('screenTest.touched', { count })}
        </p>
      </div>
      <div className="absolute inset-x-[calc(22px*var(--px-mm))] top-24 flex flex-col gap-4">
        <Colours />
      </div>
      <div className="absolute top-1/2 right-[calc(50%+12px*var(--px-mm))] left-6 -translate-y-1/2">
        <Samples />
      </div>
      <div className="absolute top-1/2 left-[calc(50%+12px*var(--px-mm))] -translate-y-1/2">
        <Ruler pxPerMm={pxPerMm} />
      </div>
      <div className="absolute bottom-4 left-1/2 grid w-[40rem] -translate-x-1/2 grid-cols-2 gap-3">
        <Key size="small" label={t('screenTest.leave')} shortcut="Escape" onPress={onClose} />
        <Key
          size="small"
          label={t('screenTest.next')}
          note={t('screenTest.nextNote')}
          shortcut="Enter"
          onPress={onNext}
        />
      </div>
    </div>
  );
}
