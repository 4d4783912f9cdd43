// The three tones that a cashier has to tell apart, each on its own key.
import { useWords } from '../../i18n/index.ts';
import { playTone } from '../../lib/tones.ts';
import { Key } from '../../ui/Key.tsx';
import { TestSheet } from './TestSheet.tsx';

const tones = ['good', 'bad', 'attention'] as const;

export function SoundTest({ onClose }: { onClose: () => void }) {
  const t = useWords();
  return (
    <TestSheet title={t('soundTest.title')} onClose={onClose}>
      <p className="text-[1.25rem] leading-snug">{t('soundTest.body')}</p>
      <div className="grid grid-cols-3 gap-3">
        {tones.map((tone, index) => (
          <Key
            key={tone}
            label={t(`soundTest.${tone}`)}
            note={t(`soundTest.${tone}Note`)}
            shortcut={String(index + 1)}
            onPress={() => playTone(tone)}
          />
        ))}
      </div>
    </TestSheet>
  );
}
