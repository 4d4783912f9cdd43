// Every reachable state of one code of ours with its messages in flight. To closure within the printed bounds; YIMA_DEEP=1 widens them.
import { expect, test } from 'vitest';
import type { PaymentStateKind } from '../../core/domain/payment/state.ts';
import { explore, STUCK } from './explore.ts';
import { plantedCodeBugs } from './planted-presented-bugs.ts';
import { families, presentedModel, type ShownBounds } from './presented-search.ts';
import { say, sayFound } from './say.ts';

const PATIENCE_ms = 30 * 60 * 1000;
const isDeep = process.env['YIMA_DEEP'] === '1';

test.each(families)(
  'every reachable state of a code of ours keeps every promise: an acquirer where it %s',
  (family) => {
    const bounds: ShownBounds = {
      family,
      flyingLimit: 2,
      restartLimit: isDeep ? 2 : 1,
      deliveryLimit: 2,
    };
    const model = presentedModel(bounds);
    const visited = new Set<PaymentStateKind>();
    const report = explore({
      ...model,
      violated: (world) => {
        visited.add(world.machine.state.kind);
        return model.violated(world);
      },
    });
    say(`a code of ours that ${family}`, bounds, report);
    expect(report.found).toBeNull();
    expect([...visited].sort()).toEqual([
      'approved',
      'closed',
      'closing',
      'declined',
      'notSent',
      'presenting',
    ]);
  },
  PATIENCE_ms,
);

test.each(plantedCodeBugs)(
  'the search finds a planted bug: $name',
  ({ name, property, family, till }) => {
    const limits =
      property === STUCK ? { flyingLimit: 1, restartLimit: 0 } : { flyingLimit: 2, restartLimit: 1 };
    const report = explore(presentedModel({ family, deliveryLimit: 2, ...limits }, till));
    sayFound(name, report);
    expect(report.found?.property).toBe(property);
  },
  PATIENCE_ms,
);
