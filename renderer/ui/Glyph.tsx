// The shape of a state: each differs in outline as well as in colour, for eyes that do not tell red from green.
export type Tone = 'ok' | 'wait' | 'no' | 'off' | 'info' | 'none';

const colours: Record<Tone, string> = {
  ok: 'fill-ok',
  wait: 'fill-wait',
  no: 'fill-no',
  off: 'fill-off',
  info: 'fill-act',
  none: 'fill-edge',
};

const outlines: Record<Tone, string> = {
  ok: 'M28 2a26 26 0 1 1 0 52a26 26 0 1 1 0-52z',
  wait: 'M12 3h32a9 9 0 0 1 9 9v32a9 9 0 0 1-9 9H12a9 9 0 0 1-9-9V12a9 9 0 0 1 9-9z',
  no: 'M17.5 3h21L53 17.5v21L38.5 53h-21L3 38.5v-21z',
  off: 'M28 2 54 28 28 54 2 28z',
  info: 'M10 8h36a6 6 0 0 1 6 6v28a6 6 0 0 1-6 6H10a6 6 0 0 1-6-6V14a6 6 0 0 1 6-6z',
  none: 'M28 8a20 20 0 1 1 0 40a20 20 0 1 1 0-40z',
};

const marks = {
  tick: 'M17 29l8 8 15-18',
  cross: 'M19 19l18 18M37 19 19 37',
  question: 'M21 22.5a7 7 0 1 1 10.5 6c-2.4 1.5-3.5 3-3.5 5.5M28 40.5v1',
  clock: 'M28 17v12l7 5',
  back: 'M24 17l-8 8 8 8M17 25h15a7 7 0 0 1 0 14h-6',
  alert: 'M28 15v16M28 38.5v1.5',
  code: 'M14 18h6M14 38h6M36 18h6M36 38h6M14 18v5M14 38v-5M42 18v5M42 38v-5M14 28h28',
  send: 'M16 28h22M30 19l9 9-9 9',
  dash: 'M18 28h20',
  dots: 'M20 28h.1M28 28h.1M36 28h.1',
} as const;

export type Mark = keyof typeof marks;

export function Glyph({ tone, mark, className = 'size-14' }: { tone: Tone; mark: Mark; className?: string }) {
  return (
    <svg viewBox="0 0 56 56" className={`shrink-0 ${className}`} aria-hidden="true">
      <path d={outlines[tone]} className={colours[tone]} />
      <path
        d={marks[mark]}
        className="fill-none stroke-white stroke-[4.5] [stroke-linecap:round] [stroke-linejoin:round]"
      />
    </svg>
  );
}
