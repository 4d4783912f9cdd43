// Which bill to fetch: whose, where there are several, then of which day.
import { useState } from 'react';
import type { BillsFound } from '../../../contract/reconciliation.ts';
import { useWords } from '../../i18n/index.ts';
import { shopDate } from '../../lib/format.ts';
import { useNow_ms, useTill } from '../../lib/till.tsx';
import { Choices } from '../../ui/Choices.tsx';

const DAY_ms = 24 * 3_600_000;
const OFFERED_days = 6;

export function FetchAsk({ routes, onClose }: { routes: BillsFound['routes']; onClose: () => void }) {
  const t = useWords();
  const { send } = useTill();
  const now_ms = useNow_ms();
  const [only] = routes;
  const [routeId, setRouteId] = useState(routes.length === 1 ? only?.routeId : undefined);
  if (routeId === undefined) {
    return (
      <Choices
        title={t('reconcile.fetchWhose')}
        choices={routes.map((one) => one.routeId)}
        onChoose={setRouteId}
        onClose={onClose}
      />
    );
  }
  const days = Array.from({ length: OFFERED_days }, (_, index) => shopDate(now_ms - (index + 1) * DAY_ms));
  return (
    <Choices
      title={t('reconcile.fetchDay', { route: routeId })}
      body={t('reconcile.fetchDayBody')}
      choices={days}
      onChoose={(date) => {
        void send('bills.fetch', { routeId, date });
        onClose();
      }}
      onClose={onClose}
    />
  );
}
