// The whole screen as a test picture: touch in the corners and the middle, a ruler, text in all sizes; then plain colours.
import { useWords } from '../../i18n/index.ts';
import { type ReactNode, useContext, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { KeyLevel, type KeyMap, useKeys } from '../../lib/keyboard.ts';
import { plainColours } from './screen-colours.ts';
import { ScreenPattern } from './ScreenPattern.tsx';

function Keys({ keys }: { keys: KeyMap }) {
  useKeys(keys, true);
  return null;
}

function FullScreen({ label, keys, children }: { label: string; keys: KeyMap; children: ReactNode }) {
  const level = useContext(KeyLevel);
  return (
    <KeyLevel value={level + 1}>
      <ModalOverlay isOpen isKeyboardDismissDisabled className="fixed inset-0 bg-paper">
        <Modal className="h-full">
          <Dialog aria-label={label} className="h-full outline-none">
            <Keys keys={keys} />
            {children}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </KeyLevel>
  );
}

function Plain({ index, onNext }: { index: number; onNext: () => void }) {
  const t = useWords();
  const colour = plainColours[index];
  if (colour === undefined) return null;
  const words = t('screenTest.plain', { number: index + 1, count: plainColours.length });
  return (
    <div
      data-colour={colour.name}
      className="flex h-full items-end justify-center pb-6"
      style={{ background: colour.ground, color: colour.ink }}
      onPointerUp={onNext}
    >
      <p className="text-[1.25rem]">{words}</p>
    </div>
  );
}

export function ScreenTest({ pxPerMm, onClose }: { pxPerMm: number; onClose: () => void }) {
  const t = useWords();
  /** 0: the picture to touch; from 1 the plain colours; behind the last one the picture again. */
  const [step, setStep] = useState(0);
  const next = () => setStep((step + 1) % (plainColours.length + 1));
  const back = () => setStep(Math.max(0, step - 1));
  const keys = { Escape: onClose, Enter: next, ArrowRight: next, ArrowLeft: back };
  return (
    <FullScreen label={t('screenTest.title')} keys={keys}>
      {step === 0 ? (
        <ScreenPattern pxPerMm={pxPerMm} onNext={next} onClose={onClose} />
      ) : (
        <Plain index={step - 1} onNext={next} />
      )}
    </FullScreen>
  );
}
