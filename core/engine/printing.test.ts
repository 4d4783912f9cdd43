// Receipts to paper: after the commit, one at a time, again when nothing came out, never again when something may have.
import { describe, expect, it } from 'vitest';
import { engineStage } from '../../test/core/engine-stage.ts';
import { proof } from '../../fixtures/databases/till.ts';
import { Defect } from '../domain/assert.ts';
import type { PrintOutcome } from '../ports/printer.ts';

type Stage = ReturnType<typeof engineStage>;

function paid(stage: Stage): string {
  stage.sell();
  stage.dispatcher.pump();
  stage.acquirer.asked.at(-1)?.post({ kind: 'approved', proof });
  return stage.engine.state.lastReceiptId ?? '';
}

function finish(stage: Stage, outcome: PrintOutcome): void {
  const jobId = stage.printer.jobs.at(-1)?.jobId ?? '';
  stage.printer.say({ kind: 'finished', printerId: 'receipt', jobId, outcome });
}

const receiptOf = (stage: Stage, receiptId: string) => stage.engine.state.receipts[receiptId];
const printRows = (stage: Stage) => stage.store.rows.filter((row) => row.kind === 'print');

describe('a receipt', () => {
  it('is printed after its sale is on disk, the row marked first', () => {
    const stage = engineStage();
    paid(stage);
    expect(stage.calls.at(-1)).toBe('commit');
    stage.dispatcher.pump();
    expect(stage.calls.slice(-2)).toEqual([expect.stringMatching(/^markSent /), 'print 0']);
  });

  it.each([
    ['processId', 'printed'],
    ['orderedStatus', 'printed'],
    ['sentOnly', 'sentUnconfirmed'],
  ] as const)('with the evidence %s is %s, and its row is gone', (evidence, print) => {
    const stage = engineStage();
    const receiptId = paid(stage);
    stage.dispatcher.pump();
    finish(stage, { kind: 'printed', evidence });
    expect(receiptOf(stage, receiptId)).toMatchObject({ print, problem: null, proof: evidence });
    expect(printRows(stage)).toEqual([]);
    expect(stage.printing.isFree()).toBe(true);
  });

  it('of which nothing came out is tried again by itself until it does, still as the original', () => {
    const stage = engineStage();
    const receiptId = paid(stage);
    stage.dispatcher.pump();
    for (let round = 0; round < 3; round += 1) {
      finish(stage, { kind: 'failed', problem: 'paperOut', printed: 'nothing', detail: '' });
      expect(receiptOf(stage, receiptId)).toMatchObject({
        print: 'failed',
        problem: 'paperOut',
        proof: 'nothing',
      });
      expect(printRows(stage)).toHaveLength(1);
      const before = stage.store.commits.length;
      stage.dispatcher.pump();
      expect(stage.printer.jobs).toHaveLength(round + 1);
      stage.clock.advance(3000);
      expect(stage.printer.jobs).toHaveLength(round + 2);
      expect(stage.store.commits.length).toBe(before);
    }
    finish(stage, { kind: 'printed', evidence: 'processId' });
    expect(stage.printer.jobs.map((job) => job.copy)).toEqual([0, 0, 0, 0]);
    expect(receiptOf(stage, receiptId)).toMatchObject({ print: 'printed', problem: null });
  });

  it.each([
    ['connectionLost', 'unknown', 'half'],
    ['paperOut', 'held', 'held'],
  ] as const)('that may be out (%s, %s) is not printed again by itself', (problem, printed, said) => {
    const stage = engineStage();
    const receiptId = paid(stage);
    stage.dispatcher.pump();
    finish(stage, { kind: 'failed', problem, printed, detail: '' });
    expect(receiptOf(stage, receiptId)).toMatchObject({ print: 'failed', problem, proof: said });
    expect(printRows(stage)).toEqual([]);
    stage.clock.advance(60_000);
    stage.dispatcher.pump();
    expect(stage.printer.jobs).toHaveLength(1);
  });

  it('that ended before proofs were asked for says the least that it may say', () => {
    const stage = engineStage();
    const receiptId = paid(stage);
    const ends = [
      ['printed', null, 'orderedStatus'],
      ['sentUnconfirmed', null, 'sentOnly'],
      ['failed', 'lostInMidReceipt', 'half'],
      ['failed', 'paperOut', 'nothing'],
    ] as const;
    for (const [print, problem, said] of ends) {
      stage.engine.post({ kind: 'printEnded', receiptId, print, problem });
      expect(receiptOf(stage, receiptId)?.proof).toBe(said);
    }
  });

  it('asked for again is a marked, counted copy', () => {
    const stage = engineStage();
    const receiptId = paid(stage);
    stage.dispatcher.pump();
    finish(stage, { kind: 'printed', evidence: 'processId' });
    for (const copy of [1, 2]) {
      expect(stage.engine.ask({ kind: 'reprintAsked', receiptId, operatorId: 'lin' })).toBeNull();
      stage.dispatcher.pump();
      expect(stage.printer.jobs.at(-1)?.copy).toBe(copy);
      finish(stage, { kind: 'printed', evidence: 'processId' });
    }
  });

  it('is asked for once more only when the copy before it has ended', () => {
    const stage = engineStage();
    const receiptId = paid(stage);
    const ask = () => stage.engine.ask({ kind: 'reprintAsked', receiptId, operatorId: 'lin' });
    expect([ask(), ask(), ask()]).toEqual([null, 'E-PRN-09', 'E-PRN-09']);
    expect(stage.store.rows.filter((row) => row.kind === 'print' && row.count > 0)).toHaveLength(1);
  });

  it('that was sent before a restart is printed as a possible copy; a reprint keeps its own number', () => {
    const stage = engineStage({ sentPrints: new Set([3, 4]) });
    const receiptId = paid(stage);
    stage.dispatcher.pump();
    expect(stage.printer.jobs.map(({ jobId, copy }) => [jobId, copy])).toEqual([['3', 'afterCrash']]);
    finish(stage, { kind: 'printed', evidence: 'processId' });
    stage.engine.ask({ kind: 'reprintAsked', receiptId, operatorId: 'lin' });
    stage.dispatcher.pump();
    expect(stage.printer.jobs.at(-1)).toMatchObject({ jobId: '4', copy: 1 });
  });

  it('whose name is older than a restore may be out since the lost time: a possible copy', () => {
    const stage = engineStage();
    const { engine } = stage;
    const lost = {
      epoch: 2,
      backup: { sequence: engine.state.sequence, hash: '' },
      lost: null,
      readableTo: null,
    };
    engine.post({ kind: 'restored', at_ms: 0, ...lost });
    engine.post({ kind: 'signedIn', operatorId: 'lin', role: 'cashier' });
    for (let shift = 0; shift < 2; shift += 1) {
      engine.post({ kind: 'shiftClosed', operatorId: 'lin', counted: [] });
      stage.dispatcher.pump();
      finish(stage, { kind: 'printed', evidence: 'processId' });
      engine.post({ kind: 'shiftOpened', operatorId: 'lin', float_fen: 0 });
    }
    expect(stage.printer.jobs.map(({ copy }) => copy)).toEqual(['afterCrash', 0]);
  });

  it('that can not be drawn ends alone: said with its number, and the next one is printed', () => {
    const defect = new Defect('a sum is over the limit');
    let broken: string | null = null;
    const documentOf = (receiptId: string) => {
      if (receiptId === (broken ??= receiptId)) throw defect;
      return { receiptId, number: '2', blocks: [] };
    };
    const stage = engineStage({ documentOf });
    const first = paid(stage);
    const second = paid(stage);
    stage.dispatcher.pump();
    expect(stage.faults).toEqual([defect]);
    expect(stage.store.loadReceipt(first)).toMatchObject({ print: 'failed', proof: 'notDrawn' });
    const { number } = stage.store.loadReceipt(first) ?? {};
    expect(stage.engine.ui.notice).toMatchObject({ code: 'E-PRN-11', detail: number });
    stage.dispatcher.pump();
    finish(stage, { kind: 'printed', evidence: 'processId' });
    expect(receiptOf(stage, second)?.print).toBe('printed');
    expect(printRows(stage)).toEqual([]);
    // A better program prints it: as a copy, which somebody asks for.
    broken = '';
    for (const copy of [1, 2]) {
      expect(stage.engine.ask({ kind: 'reprintAsked', receiptId: first, operatorId: 'lin' })).toBeNull();
      stage.dispatcher.pump();
      expect(stage.printer.jobs.at(-1)?.copy).toBe(copy);
      finish(stage, { kind: 'printed', evidence: 'processId' });
    }
  });

  it('that can not be drawn any more and may have been sent before is not said to be unprinted', () => {
    const documentOf = () => {
      throw new Defect('a sum is over the limit');
    };
    const stage = engineStage({ documentOf, sentPrints: new Set([3]) });
    const receiptId = paid(stage);
    stage.dispatcher.pump();
    expect(receiptOf(stage, receiptId)).toMatchObject({ problem: 'notDrawn', proof: 'half' });
  });

  it('waits while another one is printed: one job at a time, in order', () => {
    const stage = engineStage();
    const first = paid(stage);
    stage.dispatcher.pump();
    const second = paid(stage);
    stage.dispatcher.pump();
    expect(stage.printer.jobs).toHaveLength(1);
    finish(stage, { kind: 'printed', evidence: 'processId' });
    expect(stage.printer.jobs).toHaveLength(2);
    finish(stage, { kind: 'printed', evidence: 'processId' });
    expect(stage.store.loadReceipt(first)?.print).toBe('printed');
    expect(receiptOf(stage, second)?.print).toBe('printed');
  });
});

it('an end of a job that is not running is a defect, told to the process', () => {
  const stage = engineStage();
  expect(() => {
    stage.printer.say({
      kind: 'finished',
      printerId: 'receipt',
      jobId: '99',
      outcome: { kind: 'printed', evidence: 'processId' },
    });
  }).toThrow(/print job 99 ended but was not running/);
});

it('what the printer says of itself is shown', () => {
  const stage = engineStage();
  stage.printer.say({ kind: 'status', printerId: 'receipt', state: 'coverOpen', detail: 'cover' });
  expect(stage.engine.ui.printers['receipt']).toEqual({ state: 'coverOpen', detail: 'cover' });
});
