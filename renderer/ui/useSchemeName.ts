// A wallet's name in the till's language.
import { useWords } from '../i18n/index.ts';

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
        return t(`scheme.${scheme}`);
      default:
        return t('scheme.UNKNOWN');
    }
  };
}
