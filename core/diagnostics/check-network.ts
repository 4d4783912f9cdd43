// The way to the acquirer, layer by layer, and whose clock is right.
import type { CheckName, Finding } from '../../contract/diagnostics.ts';
import type { RouteObservation } from '../ports/acquirer.ts';
import type { NetworkStep } from '../ports/network.ts';
import { certificatesFound } from './certificates.ts';
import { noticesFound } from './notices.ts';
import { fail, type Found, type Group, line, type Parts, pass, skipped } from './parts.ts';

/** The gateway refuses a signature more than 5 minutes off; certificates are dated to the second. */
const SKEW_LIMIT_ms = 60_000;

type Layer = NetworkStep['layer'];
const layers: readonly Layer[] = ['link', 'gateway', 'dns', 'tcp', 'tls'];

const byTcpCause: Readonly<Record<string, Finding>> = {
  ECONNREFUSED: 'connectRefused',
  TIMED_OUT: 'connectTimedOut',
  ETIMEDOUT: 'connectTimedOut',
};

/** OpenSSL's verification results and Node's own name check (tls module, `ERR_TLS_CERT_ALTNAME_INVALID`). */
const byTlsCause: Readonly<Record<string, Finding>> = {
  CERT_HAS_EXPIRED: 'certificateExpired',
  CERT_NOT_YET_VALID: 'certificateExpired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificateWrongName',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificateUntrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificateUntrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificateUntrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificateUntrusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificateUntrusted',
  CERT_SIGNATURE_FAILURE: 'certificateUntrusted',
};

function failureOf(layer: Layer, cause: string): Finding {
  switch (layer) {
    case 'link':
      return 'linkDown';
    case 'gateway':
      return 'noRoute';
    case 'dns':
      return 'nameUnknown';
    case 'tcp':
      return byTcpCause[cause] ?? 'connectFailed';
    case 'tls':
      return byTlsCause[cause] ?? 'tlsFailed';
  }
}

function stepFound({ layer, ok, detail }: NetworkStep): Found {
  if (!ok) return fail(failureOf(layer, detail), detail);
  return layer === 'tls' && detail === 'http' ? skipped('plainHttp') : pass('good', detail);
}

/** Its own no; or a signature by another key than ours, which is what a till with a wrong key file sees of that no. */
const refusals =
  /^(ECHO_REFUSED|badSignature)$|\bSIGN_IN_(REFUSED (?!SYSTEM_ERROR)|MISMATCH|KEY_WRAPPED_WRONGLY|UNREADABLE badSignature)/;

/** `alarm`: the acquirer refused this till by name in an earlier answer. */
function echoFound(seen: RouteObservation, alarm: string | null): Found {
  if (alarm !== null) return fail('echoRefused', alarm);
  if (seen.online) return pass('echoGood', `${seen.latency_ms ?? '?'} ms`);
  const cause = seen.cause ?? '';
  return fail(refusals.test(cause) ? 'echoRefused' : 'echoFailed', cause);
}

function clockFound(skew_ms: number | null): Found {
  if (skew_ms === null) return skipped('clockUntold');
  const detail = `${skew_ms > 0 ? '-' : '+'}${(Math.abs(skew_ms) / 1000).toFixed(0)} s`;
  return Math.abs(skew_ms) > SKEW_LIMIT_ms ? fail('clockOff', detail) : pass('clockAgrees', detail);
}

type OneLine = Parts['lines'][number];

async function examineLine(parts: Parts, one: OneLine, post: Parameters<Group['run']>[1]) {
  const { acquirer, target, certificates } = one;
  const { network, engine } = parts;
  const tell = (check: CheckName, started_ms: number, found: Found) =>
    post(line(check, started_ms, { ...found, subject: acquirer.id }));
  const wall_ms = Date.parse(engine.surroundings().now_iso);
  tell('network.certificates', performance.now(), certificatesFound(certificates, wall_ms));
  const { now_ms } = engine.surroundings();
  tell('network.notices', performance.now(), noticesFound(parts.noticesOf(acquirer.id), now_ms));
  const steps = await new Promise<NetworkStep[]>((resolve) => network.walk(target, resolve));
  for (const layer of layers) {
    const step = steps.find((found) => found.layer === layer);
    const started_ms = performance.now() - (step?.took_ms ?? 0);
    tell(`network.${layer}`, started_ms, step ? stepFound(step) : skipped('lowerFailed'));
  }
  const started_ms = performance.now();
  if (steps.some(({ ok }) => !ok)) {
    tell('network.echo', started_ms, skipped('lowerFailed'));
    return tell('network.clock', started_ms, skipped('lowerFailed'));
  }
  const seen = await new Promise<RouteObservation>((resolve) => acquirer.probe(resolve));
  tell('network.echo', started_ms, echoFound(seen, engine.state.routes[acquirer.id]?.alarm ?? null));
  tell('network.clock', started_ms, clockFound(seen.clockSkew_ms));
}

export const networkGroup: Group = {
  checks: [
    ...layers.map((layer): CheckName => `network.${layer}`),
    'network.echo',
    'network.clock',
    'network.certificates',
    'network.notices',
  ],
  run: async (parts, post) => {
    for (const one of parts.lines) await examineLine(parts, one, post);
  },
};
