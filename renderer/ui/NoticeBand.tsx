// What the core just said to the cashier, until it is dismissed or replaced; also its refusal of the last key pressed.
import { errorTexts } from '../../contract/error-texts.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { NoticeView } from '../../contract/snapshot.ts';
import type { LocalRefusal } from '../lib/store.ts';
import { useLanguage, useWords } from '../i18n/index.ts';
import { useScreenState, useTill } from '../lib/till.tsx';
import { Glyph, type Mark, type Tone } from './Glyph.tsx';
import { Key } from './Key.tsx';

const looks: Record<NoticeView['tone'], { tone: Tone; mark: Mark; ground: string }> = {
  good: { tone: 'ok', mark: 'tick', ground: 'bg-ok-pale border-ok' },
  bad: { tone: 'no', mark: 'cross', ground: 'bg-no-pale border-no' },
  attention: { tone: 'wait', mark: 'alert', ground: 'bg-wait-pale border-wait' },
};

type BandProps = { code: ErrorCode; tone: NoticeView['tone']; detail: string; onDismiss: () => void };

function Band({ code, tone, detail, onDismiss }: BandProps) {
  const t = useWords();
  const text = errorTexts[useLanguage()][code];
  const look = looks[tone];
  return (
    <section role="alert" className={`flex shrink-0 items-center gap-4 border-t-4 px-4 py-2 ${look.ground}`}>
      <Glyph tone={look.tone} mark={look.mark} />
      <div className="min-w-0 flex-1 leading-snug">
        <h2 className="text-[1.5rem] leading-tight font-bold">
          {text.what}
          <span className="digits ml-3 text-[1rem] font-normal text-ink-2">{code}</span>
        </h2>
        <p className="text-[1.25rem]">
          {text.money} {text.todo}
        </p>
        {detail === '' ? null : <p className="digits truncate text-[1rem] text-ink-2">{detail}</p>}
      </div>
      <Key size="small" label={t('notice.dismiss')} shortcut="Escape" onPress={onDismiss} />
    </section>
  );
}

export function NoticeBand() {
  const { store, send } = useTill();
  const { snapshot, refusal, me } = useScreenState();
  const notice = snapshot?.notice ?? null;
  if (notice !== null) {
    const dismiss = () => {
      store.set({ refusal: null });
      if (me !== null) void send('notice.dismiss', {});
    };
    return <Band key={notice.noticeId} {...notice} onDismiss={dismiss} />;
  }
  if (refusal === null) return null;
  return <Band {...refusal} tone="bad" onDismiss={() => store.set({ refusal: null })} />;
}

/** The core's refusal of what was pressed in a dialog: later than `known`, the one that stood when the dialog opened. */
export function RefusalSince({ known }: { known: LocalRefusal | null }) {
  const { store } = useTill();
  const { refusal } = useScreenState();
  if (refusal === null || refusal === known) return null;
  return <Band {...refusal} tone="bad" onDismiss={() => store.set({ refusal: null })} />;
}
