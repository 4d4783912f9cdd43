// Which bill to fetch: whose, where there are several, then of which day.
import { useState } from 'react';
import type { BillsFound } from '../../../contract/reconciliation.ts';
import { useWords } from '../../i18n/index.ts';
import { useNow_ms, useTill } from '../../lib/till.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { offeredDays } from './rows.ts';

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
  return (
    <Choices
      title={t('reconcile.fetchDay', { route: routeId })}
      body={t('reconcile.fetchDayBody')}
      choices={offeredDays(now_ms)}
      onChoose={(date) => {
        void send('bills.fetch', { routeId, date });
        onClose();
      }}
      onClose={onClose}
    />
  );
}
