// The lines of the calls about no payment: bills, batches, activation. No money moves by them, whatever the code.
import type { Service, ServiceEnd, ServiceRow } from '../../acquirers/transport/service-row.ts';
import { errorTexts } from '../../contract/error-texts.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { fetchErrors } from '../../core/reconciling.ts';
import { refusalText } from '../yima/activate.ts';
import type { AcquirerErrors } from './acquirers.ts';

export const serviceNames: Readonly<Record<Service, string>> = {
  bill: 'bill',
  settle: 'settle',
  upload: 'upload',
  activate: 'activate',
};

const NEVER = 'docs/gateway-protocol.md, docs/reconciliation.md';

const outcomes: Readonly<Record<Service, Partial<Record<ServiceEnd, string>>>> = {
  bill: {
    notReady: 'no bill yet: to be asked for later',
    none: 'no bill of that day',
    refused: 'no bill: refused',
  },
  settle: {
    differs: 'the totals differ: every item is sent and compared, and what differs is on record',
    refused: 'not settled: asked again after the next Z or start',
  },
  upload: { refused: 'not settled: asked again after the next Z or start' },
  activate: { refused: 'no key was given, and the file of the old one stays' },
};

function outcomeOf(service: Service, end: ServiceEnd): string {
  const told = outcomes[service][end];
  if (told === undefined) throw new Error(`${end} makes no sense of ${service}`);
  return told;
}

/** Null: no screen, `yima activate` alone. */
function textOf(service: Service, end: ServiceEnd): ErrorCode | null {
  if (service === 'activate') return null;
  if (service === 'bill') return end === 'differs' ? 'E-BILL-08' : fetchErrors[end];
  return end === 'differs' ? 'E-BATCH-01' : 'E-BATCH-02';
}

/** Meaning, outcome, what is read. */
function cellsOf({ code, service, meaning_zh, end, source }: ServiceRow, when: string): string {
  const about = [meaning_zh, `${outcomeOf(service, end)}${when}`];
  const text = textOf(service, end);
  if (text === null) {
    const read = `not activated: ${refusalText(code)} (\`yima activate\`, exit code 6)`;
    return [...about, '没有付款受影响。 / No payment is touched.', read, 'Ask the acquirer', source].join(
      ' | ',
    );
  }
  const { zh, en } = { zh: errorTexts.zh[text], en: errorTexts.en[text] };
  const read = [`${zh.money} / ${en.money}`, `${zh.what} / ${en.what} (${text})`, `${zh.todo} / ${en.todo}`];
  return [...about, ...read, source].join(' | ');
}

/** A code that first means "not yet" has two. */
function rowLines(row: ServiceRow): string[] {
  const { notReady, ...later } = row;
  const name = row.code.includes(' ') ? `**${row.code}**` : `\`${row.code}\``;
  const line = (one: ServiceRow, when: string) =>
    `| ${name} | ${serviceNames[row.service]} | ${cellsOf(one, when)} |`;
  if (notReady === undefined) return [line(row, '')];
  const { until } = notReady;
  return [line({ ...later, end: 'notReady' }, ` (until ${until})`), line(later, ` (from then on)`)];
}

export function servicesOf({ services, serviceCalls }: AcquirerErrors): Service[] {
  const called = Object.keys(serviceCalls) as Service[];
  const strange = services.rows.find(({ service }) => !called.includes(service));
  if (strange !== undefined) throw new Error(`${strange.code}: ${strange.service} is not called`);
  return called;
}

export function serviceLines(acquirer: AcquirerErrors): string[] {
  const unlisted = servicesOf(acquirer).map((service): ServiceRow => {
    return { code: 'any other code', service, meaning_zh: '不在表里', end: 'refused', source: NEVER };
  });
  return [...acquirer.services.rows, ...unlisted].flatMap(rowLines);
}
