// What an acquirer's adapter costs a payment in processor time: build, sign, verify, read, beside the bare cryptography.
import type { Context, Measure } from '../support/measure.ts';
import { comparedOf, type Outcome } from '../support/outcome.ts';
import type { RailsInput, RailTimes } from '../trials/rails.ts';

async function run(context: Context): Promise<Outcome[]> {
  const input: RailsInput = { rounds: context.rounds(21) };
  const { times } = await context.trial<{ times: RailTimes[] }>('rails', input);
  return times.map(({ name, ours_us, bare_us }) =>
    comparedOf(
      {
        measure: 'rails',
        name: `${name}: a payment built, signed, verified and read`,
        unit: 'us',
        limitName: name.startsWith('gateway') ? 'two HMAC-SHA256' : 'RSA-2048 sign and verify',
        goal_ratio: null,
      },
      ours_us.map((took, round) => ({ ours: [took], limit: [bare_us[round] ?? Number.NaN] })),
    ),
  );
}

export const rails: Measure = {
  name: 'rails',
  what: 'a payment through each acquirer’s codec and signatures, beside the bare cryptography',
  run,
};
