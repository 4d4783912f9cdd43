// The core is not there: at the start, or while it comes back. The last screen stays visible below, but takes no key.
import { useWords } from '../i18n/index.ts';
import { useEffect, useState } from 'react';
import { KeyLevel, useKeys } from '../lib/keyboard.ts';
import { Glyph } from '../ui/Glyph.tsx';

function Words({ title, body }: { title: string; body: string }) {
  return (
    <div
      role="alert"
      className="flex max-w-[46rem] items-center gap-6 rounded-2xl border-l-8 border-wait bg-wait-pale p-8"
    >
      <Glyph tone="wait" mark="clock" className="size-20" />
      <div>
        <h1 className="text-[2.25rem] leading-tight font-bold">{title}</h1>
        <p className="mt-2 text-[1.375rem] leading-snug">{body}</p>
      </div>
    </div>
  );
}

/** The core opens its journal well within this; after it something is wrong that only a technician can mend. */
const SLOW_AFTER_ms = 15_000;

export function Starting() {
  const t = useWords();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_ms);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="grid h-full place-items-center">
      <Words title={t('app.startingTitle')} body={isSlow ? t('app.startingSlow') : t('app.startingBody')} />
    </div>
  );
}

/** Above every dialog. */
const TOP_level = 100;

function NoKeys() {
  useKeys({}, true);
  return null;
}

export function Reconnecting() {
  const t = useWords();
  return (
    <div className="fixed inset-0 z-50 grid place-items-center bg-ink/60">
      <KeyLevel value={TOP_level}>
        <NoKeys />
      </KeyLevel>
      <Words title={t('app.connectingTitle')} body={t('app.connectingBody')} />
    </div>
  );
}
