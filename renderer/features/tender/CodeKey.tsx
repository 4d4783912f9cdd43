// Main scan: the key that asks for a code of ours, and the choice of a wallet where several routes have one.
import { useState } from 'react';
import type { RouteView } from '../../../contract/snapshot.ts';
import { useWords } from '../../i18n/index.ts';
import { useTill } from '../../lib/till.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Key } from '../../ui/Key.tsx';
import { useSchemeName } from '../../ui/useSchemeName.ts';
import { type CodeRoute, codeRoutes } from './code-routes.ts';

export function CodeKey({ routes }: { routes: readonly RouteView[] }) {
  const t = useWords();
  const { send } = useTill();
  const schemeName = useSchemeName();
  const [isChoosing, setChoosing] = useState(false);
  const good = codeRoutes(routes);
  const [first, second] = good;
  const ask = ({ routeId }: CodeRoute) => {
    setChoosing(false);
    void send('payment.present', { routeId });
  };
  const press = () => (first !== undefined && second === undefined ? ask(first) : setChoosing(true));
  const chosen = (name: string) => {
    const route = good.find(({ scheme }) => schemeName(scheme) === name);
    if (route !== undefined) ask(route);
  };
  return (
    <>
      <Key
        label={t('code.show')}
        note={first === undefined ? t('code.off') : t('code.showNote')}
        shortcut="F6"
        className="px-1!"
        isDisabled={first === undefined}
        onPress={press}
      />
      {isChoosing && second !== undefined ? (
        <Choices
          title={t('code.choose')}
          choices={good.map(({ scheme }) => schemeName(scheme))}
          onChoose={chosen}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </>
  );
}
