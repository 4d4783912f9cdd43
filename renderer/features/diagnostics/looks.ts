// How each verdict looks: mark and colour; the word comes beside them.
import type { Mark, Tone } from '../../ui/Glyph.tsx';
import type { RowState } from './rows.ts';

export const looks: Record<RowState, { tone: Tone; mark: Mark; ink: string }> = {
  pass: { tone: 'ok', mark: 'tick', ink: 'text-ok' },
  fail: { tone: 'no', mark: 'cross', ink: 'text-no' },
  skipped: { tone: 'off', mark: 'dash', ink: 'text-off' },
  running: { tone: 'info', mark: 'clock', ink: 'text-act' },
  idle: { tone: 'none', mark: 'dots', ink: 'text-ink-2' },
};
