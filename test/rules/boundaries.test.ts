// The import matrix is shown to object to a tree that breaks each of its rules (bad/boundaries), by types too.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkBoundaries } from '../../tools/check/boundaries.ts';

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: { name: string }[];
};

test('every rule of the matrix objects to its bad example, and to nothing else', async () => {
  const { violations } = await checkBoundaries(join(import.meta.dirname, 'bad/boundaries'));
  // Packages resolve to this repository's own node_modules, above the tree.
  const shown = violations.map((violation) => violation.replace(/-> .*node_modules\/([\w-]+).*/, '-> $1'));
  expect(shown.toSorted()).toMatchInlineSnapshot(`
    [
      "acquirers-apart: acquirers/a/adapter.ts -> acquirers/b/adapter.ts",
      "acquirers-apart: acquirers/b/adapter.ts -> acquirers/a/adapter.ts",
      "acquirers-see-ports: acquirers/b/adapter.ts -> drivers/transport/link.ts",
      "audit-sees-itself: audit/sees-core.ts -> core/domain/uses-packages.ts",
      "audit-uses-node: audit/sees-core.ts -> zod",
      "bills-are-made-apart: fixtures/bills/day.ts -> reconciliation/sees-core.ts",
      "contract-sees-itself: contract/sees-ports.ts -> core/ports/scanner.ts",
      "contract-uses-zod: contract/uses-undici.ts -> undici",
      "core-wires-the-product: core/core.ts -> renderer/features/sell/sell.ts",
      "db-sees-ports: db/journal.ts -> drivers/printer/printer.ts",
      "diagnostics-see-contract-and-engine: core/diagnostics/check.ts -> core/rpc/session.ts",
      "diagnostics-use-nothing: core/diagnostics/check.ts -> os",
      "domain-sees-itself: core/domain/sees-contract.ts -> contract/snapshot.ts",
      "domain-uses-nothing: core/domain/uses-packages.ts -> crypto",
      "domain-uses-nothing: core/domain/uses-packages.ts -> zod",
      "drivers-apart: drivers/printer/printer.ts -> drivers/scanner/frame.ts",
      "drivers-see-ports: drivers/scanner/frame.ts -> db/row.ts",
      "electron-in-main-only: renderer/features/refund/refund.ts -> electron",
      "engine-sees-domain-and-ports: core/engine/engine.ts -> core/core.ts",
      "engine-sees-domain-and-ports: core/engine/engine.ts -> drivers/printer/printer.ts",
      "engine-uses-nothing: core/engine/uses-iconv.ts -> iconv-lite",
      "features-apart: renderer/features/sell/sell.ts -> renderer/features/refund/refund.ts",
      "fixtures-are-independent: fixtures/devices/printer.ts -> drivers/printer/printer.ts",
      "main-sees-contract: main/main.ts -> db/row.ts",
      "no-cycles: acquirers/a/adapter.ts -> acquirers/b/adapter.ts",
      "no-orphans: db/orphan.ts -> db/orphan.ts",
      "only-the-root-of-core-wires: core/engine/engine.ts -> core/core.ts",
      "only-the-root-of-core-wires: core/engine/engine.ts -> drivers/printer/printer.ts",
      "only-the-root-of-core-wires: core/rpc/session.ts -> db/journal.ts",
      "ports-see-domain: core/ports/scanner.ts -> core/engine/engine.ts",
      "ports-use-nothing: core/ports/uses-node.ts -> net",
      "reconciliation-sees-itself: reconciliation/sees-core.ts -> core/domain/uses-packages.ts",
      "reconciliation-uses-nothing: reconciliation/sees-core.ts -> zod",
      "renderer-sees-contract: renderer/features/sell/sell.ts -> main/main.ts",
      "resolvable: db/lost.ts -> ./missing.ts",
      "rpc-sees-contract-and-engine: core/rpc/session.ts -> db/journal.ts",
    ]
  `);
  const names = new Set(violations.map((violation) => violation.slice(0, violation.indexOf(':'))));
  expect([...names].toSorted()).toEqual(forbidden.map(({ name }) => name).toSorted());
});
