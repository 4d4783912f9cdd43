// Taking X and Z: both computations must agree in every field, else nothing is sealed and both results are printed.
// No await between reading the state and the commit: what was compared is what is sealed.
import type { Report } from '../../contract/report.ts';
import { idOf } from '../domain/till/ids.ts';
import { reportOf } from '../domain/till/reporting.ts';
import type { Engine } from '../engine/engine.ts';

/** The second computation, as far as the core knows it: fed from the journal's own rows, sharing nothing with the first. */
export type SecondComputation = {
  /** How much of the journal it has not taken yet; `percent` of what it has. */
  progress(): { unread: number; percent: number };
  /** Takes what the journal has got since the last call. */
  catchUp(): void;
  report(facts: { kind: 'x' | 'z'; takenAt_ms: number; operatorId: string; terminalCode: string }): unknown;
  /** Faults found in the journal itself so far. */
  faults(): readonly string[];
  differences(ours: Report, second: unknown): string[];
};

export type Taken =
  | { ok: true; reportId: string }
  | { ok: false; code: 'E-REP-01' | 'E-REP-04' | 'E-REP-05'; detail: string };

/** Read in one go, within a second or two. More of it, after a start, and the kiosk would take the core for stuck and kill it. */
const UNREAD_limit = 20_000;

type Asked =
  | { kind: 'reportTaken'; operatorId: string }
  | { kind: 'dayClosed'; operatorId: string; zNumber: number };

export type Closing = {
  takeX(operatorId: string): Taken;
  closeDay(operatorId: string, zNumber: number): Taken;
};

export function createClosing(deps: {
  engine: Engine;
  second: SecondComputation;
  now_ms(): number;
}): Closing {
  const { engine, second } = deps;

  function take(asked: Asked): Taken {
    const { kind, operatorId } = asked;
    const { unread, percent } = second.progress();
    if (unread > UNREAD_limit) return { ok: false, code: 'E-REP-04', detail: `${percent} %` };
    const event = { ...asked, at_ms: deps.now_ms() };
    const ours = reportOf(engine.state, event, engine.surroundings());
    second.catchUp();
    const { takenAt_ms, terminalCode } = ours;
    const theirs = second.report({ kind: ours.kind, takenAt_ms, operatorId, terminalCode });
    const differences = second.differences(ours, theirs);
    if (differences.length > 0) {
      engine.post({ kind: 'reportDiffered', ours, second: theirs, differences });
      return { ok: false, code: 'E-REP-01', detail: differences.slice(0, 3).join('; ') };
    }
    // A doubt about a record of long ago must be known, and must not keep the shop from closing its day.
    const [doubt] = second.faults();
    if (doubt !== undefined) engine.showNotice('E-REP-03', 'attention', doubt);
    engine.post(event);
    const letter = kind === 'dayClosed' ? 'Z' : 'X';
    const number = kind === 'dayClosed' ? ours.zNumber : (ours.xNumber ?? 0);
    return { ok: true, reportId: idOf(letter, engine.state, number) };
  }

  return {
    takeX: (operatorId) => take({ kind: 'reportTaken', operatorId }),
    closeDay: (operatorId, zNumber) => {
      const next = engine.state.period.zNumber;
      if (zNumber !== next) return { ok: false, code: 'E-REP-05', detail: `Z${zNumber}, next is Z${next}` };
      return take({ kind: 'dayClosed', operatorId, zNumber });
    },
  };
}
