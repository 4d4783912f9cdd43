// Starts the customer's screen: the link to the core, and a tick for what runs.
import { useEffect, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { askForPort } from '../lib/port.ts';
import { CustomerScreen } from './CustomerScreen.tsx';
import { createLink } from './link.ts';
import { noView, withView } from './screen.ts';

const TICK_ms = 500;

let state = noView;
const listeners = new Set<() => void>();

const link = createLink((view) => {
  state = withView(state, view, performance.now());
  for (const listener of listeners) listener();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function Screen() {
  const now = useSyncExternalStore(subscribe, () => state);
  const [tick_ms, setTick] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setTick(performance.now()), TICK_ms);
    return () => clearInterval(timer);
  }, []);
  return <CustomerScreen state={now} now_ms={tick_ms} />;
}

const root = document.getElementById('root');
if (root === null) throw new Error('customer.html has no root');
createRoot(root).render(<Screen />);
askForPort(link);
