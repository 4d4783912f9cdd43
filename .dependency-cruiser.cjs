// Who may import whom: the matrix of docs and DESIGN section 2. Each folder names what of ours it may see; all else is
// an error. Packages are named per folder too. tools/check-boundaries.ts runs it and makes sure it saw the modules.
const TESTS = '\\.test\\.tsx?$';
const OUT = '^(\\.cache|\\.toolchain|dist|out|test/rules/bad)/';
const DOMAIN = '^core/domain/';
const PORTS = '^core/ports/';
const CONTRACT = '^contract/';
const OURS =
  '^(acquirers|audit|bench|contract|core|db|drivers|fixtures|main|reconciliation|renderer|test|tools)/';

/** `from` may import of our own folders only what `to` names. */
function onlySees(name, from, to) {
  return {
    name,
    severity: 'error',
    from: { path: from, pathNot: TESTS },
    to: { path: OURS, pathNot: to },
  };
}

/** `from` may import of packages and Node modules only those that `packages` names. */
function onlyUses(name, from, packages) {
  const allowed = packages.map((each) =>
    // The cruiser tells Node's own modules without their prefix.
    each.startsWith('node:') ? `^(node:)?${each.slice(5)}$` : `(^|/)node_modules/${each}/`,
  );
  return {
    name,
    severity: 'error',
    from: { path: from, pathNot: TESTS },
    to: {
      dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'core'],
      pathNot: allowed.length === 0 ? undefined : allowed.join('|'),
    },
  };
}

/** The folders below `parent` don't see each other. */
function siblingsApart(name, parent, shared) {
  return {
    name,
    severity: 'error',
    from: { path: `^${parent}/([^/]+)/`, pathNot: TESTS },
    to: { path: `^${parent}/[^/]+/`, pathNot: [`^${parent}/$1/`, ...shared] },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    onlySees('contract-sees-itself', CONTRACT, [CONTRACT]),
    onlyUses('contract-uses-zod', CONTRACT, ['zod']),
    // Report, evidence and compared bill have one shape for journal, paper, screen and exports (docs/adr/0008, 0018); nothing else of the contract is for it.
    onlySees('domain-sees-itself', DOMAIN, [DOMAIN, '^contract/(report|evidence|reconciliation)\\.ts$']),
    onlyUses('domain-uses-nothing', DOMAIN, []),
    onlySees('ports-see-domain', PORTS, [PORTS, DOMAIN]),
    onlyUses('ports-use-nothing', PORTS, []),
    onlySees('engine-sees-domain-and-ports', '^core/engine/', ['^core/engine/', PORTS, DOMAIN]),
    onlyUses('engine-uses-nothing', '^core/engine/', []),
    onlySees('rpc-sees-contract-and-engine', '^core/rpc/', [
      '^core/rpc/',
      CONTRACT,
      '^core/engine/',
      PORTS,
      DOMAIN,
    ]),
    onlySees('diagnostics-see-contract-and-engine', '^core/diagnostics/', [
      '^core/diagnostics/',
      CONTRACT,
      '^core/engine/',
      PORTS,
      DOMAIN,
    ]),
    onlyUses('diagnostics-use-nothing', '^core/diagnostics/', []),
    onlySees('core-wires-the-product', '^core/[^/]+$', [
      '^core/',
      CONTRACT,
      '^db/',
      '^drivers/',
      '^acquirers/',
      // The second computation runs before a Z is sealed; only the root knows it.
      '^audit/',
      // Bills are compared by a program of its own, in a thread that only the root starts.
      '^reconciliation/',
    ]),
    {
      name: 'only-the-root-of-core-wires',
      severity: 'error',
      from: { path: '^core/[^/]+/', pathNot: TESTS },
      to: { path: '^(core/[^/]+$|db/|drivers/|acquirers/|audit/|reconciliation/)' },
    },
    // It recomputes every report from an export alone: what it shares with the first computation, it can't check.
    onlySees('audit-sees-itself', '^audit/(?!testing/)', ['^audit/(?!testing/)']),
    onlyUses('audit-uses-node', '^audit/(?!testing/)', [
      'node:crypto',
      'node:fs',
      'node:readline',
      'node:util',
    ]),
    // A reading of journal and bill of its own: it may not share a sum with what it checks.
    onlySees('reconciliation-sees-itself', '^reconciliation/(?!testing/)', [
      '^reconciliation/(?!testing/)',
      '^core/domain/assert\\.ts$',
    ]),
    onlyUses('reconciliation-uses-nothing', '^reconciliation/', []),
    onlySees('db-sees-ports', '^db/', ['^db/', PORTS, DOMAIN, CONTRACT]),
    onlySees('drivers-see-ports', '^drivers/', ['^drivers/', PORTS, DOMAIN, CONTRACT]),
    siblingsApart('drivers-apart', 'drivers', ['^drivers/transport/']),
    onlySees('acquirers-see-ports', '^acquirers/', ['^acquirers/', PORTS, DOMAIN, CONTRACT]),
    siblingsApart('acquirers-apart', 'acquirers', ['^acquirers/transport/']),
    onlySees('main-sees-contract', '^main/', ['^main/', CONTRACT]),
    // The preview draws the page with made-up data, for looking at it: a tool, which the page must not import.
    onlySees('renderer-sees-contract', '^renderer/(?!preview/)', ['^renderer/(?!preview/)', CONTRACT]),
    siblingsApart('features-apart', 'renderer/features', []),
    // Simulators and emulators know the product only by its wires. Databases of released schemas are made by it, and the days
    // behind made-up bills are the real till's; those know nothing of the program that reads bills.
    onlySees('bills-are-made-apart', '^fixtures/bills/', ['^fixtures/', CONTRACT, DOMAIN]),
    onlySees('fixtures-are-independent', '^fixtures/(?!databases/|bills/)', ['^fixtures/', CONTRACT]),
    {
      name: 'electron-in-main-only',
      severity: 'error',
      // The lab's bench is a window of its own.
      from: { path: OURS, pathNot: ['^(main|bench|test|tools)/', '^fixtures/lab/window/', TESTS] },
      to: { path: '(^|/)node_modules/electron/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      // A file that is started, not imported, has imports of its own; declarations and configuration stand alone.
      from: {
        orphan: true,
        path: OURS,
        pathNot: [TESTS, '\\.d\\.ts$', '^tools/default_app/', '\\.config\\.ts$'],
      },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    // Types are dependencies here too, and the matrix is about folders: one configuration fits all of them.
    tsConfig: { fileName: 'tsconfig/base.json' },
    exclude: { path: OUT },
    doNotFollow: { path: '(^|/)node_modules/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    skipAnalysisNotInRules: false,
  },
};
