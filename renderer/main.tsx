// Starts the page: words, keys, sound, the session with the core, then the screen.
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { startWords } from './i18n/index.ts';
import { Approvals } from './lib/approvals.ts';
import { listenToKeys } from './lib/keyboard.ts';
import { askForPort } from './lib/port.ts';
import { Session } from './lib/session.ts';
import { soundOn } from './lib/sound.ts';
import { Store } from './lib/store.ts';
import { TillProvider } from './lib/till.tsx';
import { wedgeOn } from './lib/wedge-goods.ts';

const store = new Store();
const session = new Session(store, sessionStorage);
const till = {
  store,
  send: session.send,
  approvals: new Approvals(session.send, store),
  signIn: session.signIn.bind(session),
  signOut: session.signOut.bind(session),
};

await startWords('zh');
wedgeOn(store, session.send);
listenToKeys();
soundOn(store);
askForPort((port) => void session.attach(port));

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');
createRoot(root).render(
  <TillProvider till={till}>
    <App />
  </TillProvider>,
);
