import { runSeed } from './run.ts';
const [from, to] = (process.argv[2] ?? '1..1').split('..').map(Number) as [number, number];
const story = process.argv[3] === 'story';
let payments = 0; let bad = 0; const t = performance.now();
const totals = new Map<string, number>();
const kinds = new Map<string, number[]>();
for (let seed = from; seed <= to; seed++) {
  const t0 = performance.now(); const r = runSeed(seed, story ? (l) => console.log(l) : null);
  payments += r.payments; if (process.argv[3]==='times') console.log(seed, Math.round(performance.now()-t0), 'ms', (r.simulated_ms/3.6e6).toFixed(1), 'h', r.records, r.payments, [...r.counts].filter(([k])=>/kill|crash|throw|full/.test(k)).reduce((a,[,v])=>a+v,0));
  for (const [k, v] of r.counts) totals.set(k, (totals.get(k) ?? 0) + v);
  if (r.violation) { bad++; const k = r.violation.invariant; kinds.set(k, [...(kinds.get(k) ?? []), seed]); if (bad < 12 || story) console.log(seed, r.violation.detail.slice(0, 600)); }
}
console.log({ seeds: to - from + 1, bad, payments, ms: Math.round(performance.now() - t), cpu: Math.round(process.cpuUsage().user/1000+process.cpuUsage().system/1000), kinds: Object.fromEntries([...kinds].map(([k, v]) => [k, `${v.length}: ${v.slice(0, 6).join()}`])) });
if (process.argv[3] === 'counts') console.log(Object.fromEntries([...totals].sort()));
