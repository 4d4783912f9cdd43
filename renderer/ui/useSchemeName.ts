// A wallet's name in the till's language.
import { useTranslation } from 'react-i18next';

export function useSchemeName(): (scheme: string) => string {
  const { t } = useTranslation();
  return (scheme) => {
    switch (scheme) {
      case 'WECHAT':
      case 'ALIPAY':
      case 'UNIONPAY':
      case 'ECNY':
      case 'BESTPAY':
      case 'JD':
        return t(`scheme.${scheme}`);
      default:
        return t('scheme.UNKNOWN');
    }
  };
}
