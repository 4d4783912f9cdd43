// What the answer to a probe says of the route. Pure.
import type { RouteObservation } from '../../core/ports/acquirer.ts';
import { refusalCode } from './codec.ts';
import type { CallOutcome } from './message.ts';
import { wechatDeclines } from './codes.ts';

/**
 * There is no echo: the probe asks for an order that never was. A believed answer proves the line and WeChat's key; ours
 * too, unless it says that our signature, merchant or application is wrong.
 */
export function observationOf(outcome: CallOutcome, clockSkew_ms: number | null): RouteObservation {
  const cause = outcome.kind === 'answered' ? faultIn(outcome) : outcome.cause;
  const latency_ms = outcome.kind === 'answered' && cause === null ? outcome.latency_ms : null;
  const storeAndForward = cause === null ? false : null;
  return { online: cause === null, cause, latency_ms, storeAndForward, clockSkew_ms };
}

function faultIn({ answer }: Extract<CallOutcome, { kind: 'answered' }>): string | null {
  if (answer.status < 400) return null;
  const code = refusalCode(answer);
  if (answer.status === 401) return code;
  const isWrongSetting = Object.hasOwn(wechatDeclines, code) && wechatDeclines[code] === 'configuration';
  return isWrongSetting ? code : null;
}
