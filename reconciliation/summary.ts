// A reconciliation in words: figures first, then each difference with its evidence and whose turn it is.
import { negated, sumOf, yuan } from './bills/sums.ts';
import { type ClassName, classes, classNames, whoWords } from './classes.ts';
import type { Finding } from './match/finding.ts';
import type { Reconciliation } from './reconcile.ts';
import { saidHere, saidText, saidThere } from './said.ts';

export type ClassSum = { class: ClassName; count: number; effect_fen: number };

/** A fee that is another than the contract's is a difference too, though the charge agrees. */
export function isDifference(one: Finding): boolean {
  return one.class !== 'matched' && one.class !== 'returnedThere';
}

/** Classes that occur, in the order of the list. */
export function sumsByClass({ findings }: Reconciliation): ClassSum[] {
  return classNames
    .map((name) => {
      const own = findings.filter((one) => one.class === name);
      return { class: name, count: own.length, effect_fen: sumOf(own, (one) => one.effect_fen) };
    })
    .filter(({ count }) => count > 0);
}

export function linesText({ entries }: Finding): string {
  return entries.map((entry) => entry.line).join(' ');
}

export function recordsText({ order, giveBack }: Finding): string {
  return [...(order?.records ?? []), ...(giveBack?.records ?? [])].join(' ');
}

export function hereText(one: Finding): string {
  return saidText(saidHere(one));
}

export function thereText(one: Finding): string {
  return saidText(saidThere(one));
}

function differenceText(one: Finding): string[] {
  const { name, next, who } = classes[one.class];
  const number = one.refundNumber === null ? one.orderNumber : `${one.orderNumber} / ${one.refundNumber}`;
  return [
    `${one.class} ${name.zh} / ${name.en}: ${number}, ${yuan(one.effect_fen)}`,
    `    here:  ${hereText(one)}${recordsText(one) && ` (records ${recordsText(one)})`}`,
    `    there: ${thereText(one)}${linesText(one) && ` (lines ${linesText(one)})`}`,
    `    next:  ${whoWords[who].zh}: ${next.zh} / ${whoWords[who].en}: ${next.en}`,
  ];
}

/** Lines for a terminal. Amounts in yuan. */
export function summaryLines(result: Reconciliation): string[] {
  const { day, findings, till_fen, payout_fen } = result;
  const kept_fen = sumOf(findings, (one) => one.kept_fen);
  const differences = findings.filter(isDifference);
  const figures: [string, number][] = [
    ['本机净额 / till, net', till_fen],
    ...sumsByClass(result)
      .filter(({ effect_fen }) => effect_fen !== 0)
      .map(({ class: name, count, effect_fen }): [string, number] => [
        `${classes[name].name.zh} / ${classes[name].name.en} x ${count}`,
        effect_fen,
      ]),
    ['手续费与优惠 / fees and discounts kept', negated(kept_fen)],
    ['账单净额 / bill, paid out', payout_fen],
  ];
  const explained_fen = till_fen + sumOf(findings, (one) => one.effect_fen) - kept_fen;
  return [
    `${day.rail} ${day.billDate}`,
    ...figures.map(([name, amount_fen]) => `  ${yuan(amount_fen).padStart(14)}  ${name}`),
    `  ${yuan(payout_fen - explained_fen).padStart(14)}  未解释 / unexplained`,
    ...differences.flatMap(differenceText),
    `${findings.length - differences.length} agree, ${differences.length} differ`,
  ];
}
