// The story of a recording, for people: a line an input, with when, what, what it changed, its records and what was to be done.
import type { BaseLine, InputLine } from '../../core/engine/recording.ts';
import type { TillEvent } from '../../core/domain/till/events.ts';
import type { TillState } from '../../core/domain/till/state.ts';
import type { Step } from './replay.ts';

export type Told = Step | { place: string; base: BaseLine } | { place: string; sent: readonly number[] };

const MOST_characters = 40;
/** Says nothing to a person. */
const silent = new Set(['kind', 'codeHmac', 'event', 'attemptId', 'giveBackId', 'deferrable']);

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= MOST_characters ? text : `${text.slice(0, MOST_characters - 1)}…`;
}

function fieldsOf(facts: object): string[] {
  return Object.entries(facts).flatMap(([key, value]) => {
    if (silent.has(key) || value === null) return [];
    return [`${key}=${short(key === 'goods' ? (value as { barcode: string }).barcode : value)}`];
  });
}

function eventText(event: TillEvent): string {
  const inner = 'event' in event ? event.event : null;
  const subject = 'attemptId' in event ? event.attemptId : 'giveBackId' in event ? event.giveBackId : null;
  const words = [event.kind, subject, inner?.kind ?? null].filter((word) => word !== null);
  return [...words, ...fieldsOf(event), ...(inner === null ? [] : fieldsOf(inner))].join(' ');
}

type Labels = ReadonlyMap<string, string>;

/** Everything that has a state of its own, by its id. */
function labelsOf(state: TillState): Labels {
  const labels = new Map<string, string>();
  for (const one of Object.values(state.sales)) labels.set(one.saleId, one.state);
  for (const one of Object.values(state.attempts)) labels.set(one.attemptId, one.machine.state.kind);
  for (const one of Object.values(state.giveBacks)) labels.set(one.giveBackId, one.machine.state.kind);
  for (const one of Object.values(state.receipts)) labels.set(`paper ${one.number}`, one.print);
  for (const [routeId, { online }] of Object.entries(state.routes))
    labels.set(`route ${routeId}`, online ? 'up' : 'down');
  labels.set('operator', state.operatorId ?? 'none');
  labels.set('shift', state.shift?.shiftId ?? 'none');
  if (state.drawer !== null) labels.set(state.drawer.openId, state.drawer.outcome);
  return labels;
}

/** What has ended leaves memory: that is no change of it. */
function changesOf({ before, after, commit }: Step): string {
  const was = labelsOf(before);
  const changes = [...labelsOf(commit?.state ?? after)].flatMap(([id, label]) => {
    const old = was.get(id);
    return old === label ? [] : [old === undefined ? `${id} ${label}` : `${id} ${old} → ${label}`];
  });
  return changes.join(', ');
}

function recordsOf({ rows }: Step): string {
  const [first] = rows;
  if (first === undefined) return '';
  return `records ${first.sequence}: ${rows.map((row) => row.type).join(', ')}`;
}

function effectsOf({ commit }: Step): string {
  const rows = commit?.newRows ?? [];
  const effects = rows.map((row) => `${row.kind} ${row.reference}${row.count > 0 ? ` (${row.count})` : ''}`);
  return effects.length === 0 ? '' : `to do: ${effects.join(', ')}`;
}

function endOf({ refusal, failed }: InputLine): string {
  if (failed !== undefined) return `THE PROGRAM ENDED: ${failed}`;
  return refusal === undefined ? '' : `refused: ${refusal}`;
}

function stepText(step: Step): string {
  const { input } = step;
  const events = input.events.map(
    ({ event, code }) => `${eventText(event)}${code === true ? ' (with its code)' : ''}`,
  );
  const parts = [events.join(' + '), changesOf(step), endOf(input), recordsOf(step), effectsOf(step)];
  return `${input.at}  ${parts.filter((part) => part !== '').join('  |  ')}`;
}

/** One line. */
export function storyLine(told: Told): string {
  if ('input' in told) return stepText(told);
  if ('sent' in told) return `${' '.repeat(24)}  outbox rows marked sent: ${told.sent.join(', ')}`;
  const { base, head, version } = told.base;
  const what = base === 'start' ? `the core starts (${version})` : 'a new file of the recording';
  return `${'-'.repeat(24)}  ${what} at record ${head.sequence} ${head.hash.slice(0, 8)}`;
}
