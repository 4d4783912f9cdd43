// What the components use: the snapshot, the running time, and the ways to act.
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Approvals } from './approvals.ts';
import type { Reply } from './connection.ts';
import type { Send } from './session.ts';
import type { ScreenState, Store } from './store.ts';

export type Till = {
  store: Store;
  send: Send;
  /** For commands that a manager may have to approve. */
  approvals: Approvals;
  signIn(operatorId: string, pin: string): Promise<Reply>;
  signOut(): Promise<void>;
};

const TillContext = createContext<Till | null>(null);

export function TillProvider({ till, children }: { till: Till; children: ReactNode }) {
  return <TillContext value={till}>{children}</TillContext>;
}

export function useTill(): Till {
  const till = useContext(TillContext);
  if (till === null) throw new Error('a component stands outside its TillProvider');
  return till;
}

export function useScreenState(): ScreenState {
  const { store } = useTill();
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

const TICK_ms = 250;

/** The core's time, running on between snapshots. Only components that show a time use it. */
export function useNow_ms(): number {
  const { snapshot, receivedAt_ms } = useScreenState();
  const [tick_ms, setTick] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setTick(performance.now()), TICK_ms);
    return () => clearInterval(timer);
  }, []);
  return (snapshot?.now_ms ?? 0) + Math.max(0, tick_ms - receivedAt_ms);
}
