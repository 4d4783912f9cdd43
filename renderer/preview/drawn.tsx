// A component as the text that it puts on screen, for tests: no browser, so no effects and nothing that lies in a dialog.
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Language, Snapshot } from '../../contract/snapshot.ts';
import { startWords } from '../i18n/index.ts';
import { Approvals } from '../lib/approvals.ts';
import type { Send } from '../lib/session.ts';
import { type ScreenState, Store } from '../lib/store.ts';
import { TillProvider } from '../lib/till.tsx';
import { base } from './goods.ts';

const send = (() => Promise.resolve({ ok: true, result: null })) as Send;

export async function markup(
  node: ReactNode,
  language: Language = 'zh',
  snapshot: Snapshot = base,
  change: Partial<ScreenState> = {},
): Promise<string> {
  Object.assign(globalThis, { document: { documentElement: {} } });
  await startWords(language);
  const store = new Store();
  store.set({ snapshot: { ...snapshot, language }, me: snapshot.operator, link: 'online', ...change });
  const signIn = () => Promise.resolve({ ok: true as const, result: null });
  const till = {
    store,
    send,
    approvals: new Approvals(send, store),
    signIn,
    signOut: () => Promise.resolve(),
  };
  return renderToStaticMarkup(<TillProvider till={till}>{node}</TillProvider>);
}

/** Every piece of text on a line of its own. */
export async function drawn(...of: Parameters<typeof markup>): Promise<string> {
  const html = await markup(...of);
  return html
    .replaceAll(/<[^>]+>/g, '\n')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\n+/g, '\n');
}
