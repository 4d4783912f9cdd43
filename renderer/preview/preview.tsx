// Shows one screen with a sample snapshot, for looking at and for pictures: index.html#<sample>/<language>.
import { createRoot } from 'react-dom/client';
import type { ErrorCode } from '../../contract/errors.ts';
import type { Language } from '../../contract/snapshot.ts';
import { App } from '../app/App.tsx';
import { CustomerScreen } from '../customer-display/CustomerScreen.tsx';
import { startWords } from '../i18n/index.ts';
import { Approvals } from '../lib/approvals.ts';
import { listenToKeys } from '../lib/keyboard.ts';
import type { Send } from '../lib/session.ts';
import { Store } from '../lib/store.ts';
import { TillProvider } from '../lib/till.tsx';
import { answers } from './answers.ts';
import { customerView } from './customer-samples.ts';
import { samples } from './samples.ts';

const [name = 'sell', language = 'zh'] = location.hash.slice(1).split('/');
const sample = samples[name];
if (!sample) throw new Error(`no sample ${name}; there are ${Object.keys(samples).join(', ')}`);

const store = new Store();
const { keys: _keys, refuses: _refuses, answers: own, loses, customer, ...state } = sample;
store.set({
  me: sample.snapshot?.operator ?? null,
  link: 'online',
  ...state,
  snapshot: sample.snapshot && { ...sample.snapshot, language: language as Language },
  receivedAt_ms: performance.now(),
});
await startWords(language as Language);
listenToKeys();

/** Answers by the tables; a command that the sample refuses is refused until it comes with an approval. */
const send = ((command: string, params: object) => {
  const isApproved = 'approval' in params;
  const code = sample.refuses?.[isApproved ? 'approval' : command];
  if (code !== undefined) {
    // As the session does; the approval dialog speaks for itself.
    if (!code.startsWith('E-AUTH')) store.set({ refusal: { code: code as ErrorCode, detail: '' } });
    return Promise.resolve({ ok: false, lost: false, code, detail: '' });
  }
  const lose = loses?.[command];
  if (lose !== undefined) {
    const { snapshot } = store.get();
    store.set({ snapshot: snapshot && lose(snapshot) });
    return Promise.resolve({ ok: false, lost: true });
  }
  return Promise.resolve({ ok: true, result: own?.[command] ?? answers[command] ?? null });
}) as Send;
const till = {
  store,
  send,
  approvals: new Approvals(send, store),
  signIn: () => Promise.resolve({ ok: true as const, result: null }),
  signOut: () => Promise.resolve(),
};
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');
createRoot(root).render(
  customer === undefined ? (
    <TillProvider till={till}>
      <App />
    </TillProvider>
  ) : (
    <CustomerScreen state={{ view: customerView(customer), receivedAt_ms: 0 }} now_ms={0} />
  ),
);
