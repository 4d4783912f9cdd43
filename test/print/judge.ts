// Looks at the paper, the journal and the drawer after one sale, and says which promise of docs/printing.md was broken. Pure.
import type { Receipt as Paper } from '../../fixtures/devices/printer/device.ts';
import { type Item, textOf } from '../../fixtures/devices/printer/display-list.ts';

/** How one print ended, by the journal, and what hung from the printer at that moment. */
export type End = { copy: number; proof: string | null; papers: readonly Paper[] };

export type Evidence = {
  /** What a whole original shows: each print shows the head of the journal of its moment. */
  originals: readonly (readonly Item[])[];
  ends: readonly End[];
  papers: readonly Paper[];
  /** What the screen says at the end. */
  screen: string;
  reprints: number;
  drawerPulses: number;
  openPrintRows: number;
};

/** What is seen of an item; feeds and cuts are not. */
function seen(item: Item): string[] {
  if (item.kind === 'feed' || item.kind === 'cut' || item.kind === 'pulse' || item.kind === 'request')
    return [];
  if (item.kind === 'qr') return [`qr ${item.data.toString('utf8')}`];
  if (item.kind === 'raster') return [`raster ${item.rows.toString('hex')}`];
  return [`${item.kind} ${textOf(item).trim()}`];
}

export const visible = (items: readonly Item[]): string[] => items.flatMap(seen);

const isBanner = (line: string | undefined): boolean => /REPRINT|POSSIBLE COPY/.test(line ?? '');

/** Each whole receipt on the paper: the banner over it, or null for an original. */
export function wholeOnes(papers: readonly Paper[], originals: Evidence['originals']): (string | null)[] {
  const all = new Map(originals.map((items) => [visible(items).join('\n'), visible(items)]));
  return [...all.values()].flatMap((wanted) => wholeOnesLike(papers, wanted));
}

function wholeOnesLike(papers: readonly Paper[], wanted: readonly string[]): (string | null)[] {
  const found: (string | null)[] = [];
  for (const { items } of papers) {
    const lines = visible(items);
    for (let at = 0; at + wanted.length <= lines.length; at += 1) {
      if (!wanted.every((line, index) => line === lines[at + index])) continue;
      const above = lines[at - 1];
      found.push(isBanner(above) ? (above ?? null) : null);
    }
  }
  return found;
}

const isProven = (proof: string | null): boolean => proof === 'processId' || proof === 'orderedStatus';
const numberOf = (banner: string): number => Number(/REPRINT (\d+)/.exec(banner)?.[1] ?? 0);

export function judge(evidence: Evidence): string[] {
  const { originals, ends, papers, screen, reprints, drawerPulses, openPrintRows } = evidence;
  const whole = wholeOnes(papers, originals);
  const problems: string[] = [];
  const unmarked = whole.filter((banner) => banner === null).length;
  if (unmarked > 1) problems.push(`${unmarked} whole originals on paper`);
  for (const { copy, proof, papers: then } of ends) {
    if (!isProven(proof)) continue;
    const isOut = wholeOnes(then, originals).some((banner) =>
      copy === 0 ? banner === null : banner !== null && numberOf(banner) === copy,
    );
    if (!isOut) problems.push(`print ${copy} is proven by ${proof}, and no whole one is on paper`);
  }
  const wrong = whole.filter(
    (banner) => banner !== null && !(numberOf(banner) >= 1 && numberOf(banner) <= reprints),
  );
  if (wrong.length > 0) problems.push(`a copy is marked ${wrong.join(', ')} after ${reprints} reprints`);
  if (whole.length === 0 && screen === 'printed')
    problems.push('nothing whole on paper, and the screen says printed');
  const last = ends.at(-1);
  if (last === undefined || last.proof === null) problems.push('no end of the print is on the screen');
  if (drawerPulses > 1) problems.push(`${drawerPulses} pulses to the drawer`);
  if (openPrintRows > 0) problems.push(`${openPrintRows} print rows are open`);
  return problems;
}
