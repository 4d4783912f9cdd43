// What else can be done at the counter, one numbered key each (the tenth is 0), F3, F4, and F2 in quarantine. What is not possible now says why instead of being hidden.
import { useWords } from '../i18n/index.ts';
import type { Role } from '../../contract/commands.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { Key } from '../ui/Key.tsx';
import { Sheet } from '../ui/Sheet.tsx';

export type Errand =
  | 'return'
  | 'paidIn'
  | 'paidOut'
  | 'drawer'
  | 'shiftClose'
  | 'reportX'
  | 'dayClose'
  | 'reports'
  | 'attention'
  | 'diagnostics'
  | 'evidence'
  | 'reconcile'
  | 'restore';

const errands: readonly Errand[] = [
  'return',
  'paidIn',
  'paidOut',
  'drawer',
  'shiftClose',
  'reportX',
  'dayClose',
  'reports',
  'attention',
  'diagnostics',
  'evidence',
  'reconcile',
];

/** Beyond the digits. */
const shortcuts: Partial<Record<Errand, string>> = { evidence: 'F3', reconcile: 'F4', restore: 'F2' };

/** There is nothing to end out of quarantine: this one is not shown then. */
function errandsOf({ restored }: Snapshot): readonly Errand[] {
  return restored === undefined ? errands : [...errands, 'restore'];
}

const betweenSales: readonly Errand[] = ['return', 'shiftClose', 'evidence'];
const managersOnly: readonly Errand[] = ['reports', 'diagnostics', 'reconcile'];
const ofShift: readonly Errand[] = ['return', 'paidIn', 'paidOut', 'drawer', 'shiftClose'];

type Props = { snapshot: Snapshot; role: Role; onChoose: (errand: Errand) => void; onClose: () => void };

/** Why it can't be done now, or null. */
function useBar(snapshot: Snapshot, role: Role): (errand: Errand) => string | null {
  const t = useWords();
  return (errand) => {
    if (snapshot.shift === null && ofShift.includes(errand)) return t('menu.noShift');
    const hasGoods = (snapshot.sale?.lines.length ?? 0) > 0;
    if (betweenSales.includes(errand) && hasGoods) return t('menu.saleOpen');
    if (errand === 'restore' && role !== 'manager') return t('menu.restoreManager');
    // What is a manager's, and nothing that is approved in place.
    return managersOnly.includes(errand) && role !== 'manager' ? t('menu.managerOnly') : null;
  };
}

export function Menu({ snapshot, role, onChoose, onClose }: Props) {
  const t = useWords();
  const barOf = useBar(snapshot, role);
  return (
    <Sheet
      title={t('menu.title')}
      keys={{ F6: onClose }}
      width="w-[72rem]"
      corner={<Key size="small" label={t('pad.back')} shortcut="Escape" onPress={onClose} />}
    >
      <div className="mt-5 grid grid-cols-4 gap-3">
        {errandsOf(snapshot).map((errand, index) => {
          const bar = barOf(errand);
          return (
            <Key
              key={errand}
              label={t(`menu.${errand}`)}
              note={bar ?? t(`menu.${errand}Note`)}
              shortcut={shortcuts[errand] ?? String((index + 1) % 10)}
              isDisabled={bar !== null}
              onPress={() => onChoose(errand)}
              className={errand === 'restore' ? 'col-span-2 border-2! border-wait!' : ''}
            />
          );
        })}
      </div>
    </Sheet>
  );
}
