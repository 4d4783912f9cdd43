// A wallet's name in the till's language, and how it pays: by the masked code, or by a code of ours.
import { useWords } from '../i18n/index.ts';

type Paying = { scheme: string; codeMask: string; state: string };

/** Whether anybody scanned a code of ours is known only once it is paid. */
export function useWalletName(): (payment: Paying) => string {
  const t = useWords();
  const schemeName = useSchemeName();
  return ({ scheme, codeMask, state }) => {
    if (codeMask !== '') return `${schemeName(scheme)} ${codeMask}`;
    const isPaid = state === 'approved' || state === 'settled';
    return isPaid ? `${schemeName(scheme)} · ${t('code.scanned')}` : schemeName(scheme);
  };
}

/** Of the app that the acquirer told: one without a name of ours as it was told. */
export function useAppName(): (payerApp: string) => string {
  const t = useWords();
  const schemeName = useSchemeName();
  return (payerApp) => {
    const name = schemeName(payerApp);
    return name === t('scheme.other') ? payerApp : name;
  };
}

export function useSchemeName(): (scheme: string) => string {
  const t = useWords();
  return (scheme) => {
    switch (scheme) {
      case 'WECHAT':
      case 'ALIPAY':
      case 'UNIONPAY':
      case 'ECNY':
      case 'BESTPAY':
      case 'JD':
      case 'AGGREGATE':
      case 'UNKNOWN':
      case 'HEBAO':
      case 'WO':
      case 'EMV_CPM':
        return t(`scheme.${scheme}`);
      default:
        return t('scheme.other');
    }
  };
}
