// What works: acquirer, printer, scanner; offline its cause, what can still be taken, and the money at risk.
import type { ReactNode } from 'react';
import { errorTexts } from '../../contract/error-texts.ts';
import type { DeviceView, ExposureView, RouteView, Snapshot } from '../../contract/snapshot.ts';
import { type Translate, useLanguage, useWords } from '../i18n/index.ts';
import { causeKind } from '../lib/cause.ts';
import { formatYuan } from '../lib/format.ts';
import { bestWay, isDown } from '../lib/route-ways.ts';
import { useNow_ms } from '../lib/till.tsx';
import { ageWords } from '../ui/age-words.ts';
import { Glyph, type Mark, type Tone } from '../ui/Glyph.tsx';

type PartProps = {
  title: string;
  tone: Tone;
  mark: Mark;
  words: ReactNode;
  more?: ReactNode;
  className?: string;
};

function Part({ title, tone, mark, words, more, className = '' }: PartProps) {
  return (
    <div className={`flex min-w-0 items-center gap-2.5 ${className}`}>
      <Glyph tone={tone} mark={mark} className="size-8" />
      <div className="min-w-0 leading-tight">
        <div className="truncate text-[1rem] text-ink-2">
          {title}
          {more === undefined ? null : <> · {more}</>}
        </div>
        <div className="digits truncate text-[1.125rem] font-bold">{words}</div>
      </div>
    </div>
  );
}

const routeLooks = {
  online: ['ok', 'tick'],
  offline: ['off', 'alert'],
  starting: ['info', 'clock'],
  broken: ['no', 'cross'],
} as const;

/** The route that is down, if one is; with others it must be said which, and codes go on by those that are up. */
function RoutePart({ routes }: { routes: readonly RouteView[] }) {
  const t = useWords();
  const route = routes.find(isDown) ?? routes[0];
  if (!route) return <Part title={t('bar.acquirer')} tone="off" mark="cross" words={t('bar.noRoute')} />;
  const [tone, mark] = routeLooks[route.state];
  if (route.state === 'online' || route.state === 'starting') {
    const isTimed = route.state === 'online' && route.latency_ms !== null;
    const words = isTimed
      ? t('bar.onlineLatency', { ms: Math.round(route.latency_ms ?? 0) })
      : t(`bar.${route.state}`);
    return <Part title={t('bar.acquirer')} tone={tone} mark={mark} words={words} />;
  }
  const way = bestWay(routes);
  const title = way === 'now' ? t('bar.acquirer') : t(`bar.can.${way}`);
  const cause = causeOf(route, t);
  // One cable for all of them: naming the first would blame it.
  const isShared = routes.every((one) => isDown(one) && causeOf(one, t) === cause);
  const name = isShared ? null : route.id;
  const words = [name, t(`bar.${route.state}`), cause].filter((part) => part !== null).join(' · ');
  return <Part title={title} tone={tone} mark={mark} words={words} />;
}

/** The layer that fails says where to look; the adapter's own cause only what the layer does not know. */
function causeOf(route: RouteView, t: Translate): string | null {
  if (route.layer !== null) return t(`layer.${route.layer}`);
  const kind = route.cause === null ? null : causeKind(route.cause);
  return kind === null ? route.cause : t(`cause.${kind}`);
}

const deviceLooks = {
  ready: ['ok', 'tick'],
  attention: ['wait', 'alert'],
  down: ['no', 'cross'],
  starting: ['info', 'clock'],
} as const;
const badness: DeviceView['state'][] = ['ready', 'starting', 'attention', 'down'];

/** One part for all devices of a kind: the worst of them speaks. */
function DevicePart({ title, devices }: { title: string; devices: readonly DeviceView[] }) {
  const t = useWords();
  const language = useLanguage();
  const worst = devices.toSorted((a, b) => badness.indexOf(b.state) - badness.indexOf(a.state))[0];
  if (!worst) return <Part title={title} tone="off" mark="cross" words={t('bar.noDevice')} />;
  const [tone, mark] = deviceLooks[worst.state];
  const reason = worst.reason === null ? null : errorTexts[language][worst.reason].what;
  return <Part title={title} tone={tone} mark={mark} words={reason ?? t(`bar.${worst.state}`)} />;
}

function ExposurePart({ exposure, isRoomShown }: { exposure: ExposureView; isRoomShown: boolean }) {
  const t = useWords();
  const now_ms = useNow_ms();
  const isExposed = exposure.count > 0;
  const words = t('bar.exposure', {
    count: exposure.count,
    amount: formatYuan(exposure.total_fen),
    age: ageWords(t, exposure.oldest_ms === null ? 0 : now_ms - exposure.oldest_ms),
  });
  return (
    <Part
      title={
        isExposed ? t('bar.loss', { amount: formatYuan(exposure.expectedLoss_fen) }) : t('bar.offlineMoney')
      }
      {...(isRoomShown ? { more: t('bar.room', { amount: formatYuan(exposure.room_fen) }) } : {})}
      tone={isExposed ? 'wait' : 'ok'}
      mark={isExposed ? 'clock' : 'tick'}
      words={isExposed ? words : t('bar.noExposure')}
    />
  );
}

/** What a manager must see to: a restore that nobody has confirmed, a backup that failed, a gateway's batch that is not right. */
function KeepingPart({ snapshot }: { snapshot: Snapshot }) {
  const texts = errorTexts[useLanguage()];
  const { restored, backupFault, batches } = snapshot;
  const code = restored === undefined ? (backupFault?.code ?? batches?.code ?? null) : 'E-RST-02';
  if (code === null) return null;
  return <Part title={texts[code].money} tone="no" mark="alert" words={texts[code].what} />;
}

/** Until the core starts anew, which it does by itself once nobody is served. */
function ClockPart({ snapshot }: { snapshot: Snapshot }) {
  const t = useWords();
  if (snapshot.clockSetBy_ms === undefined) return null;
  return <Part title={t('bar.clockSet')} tone="wait" mark="clock" words={t('bar.clockWords')} />;
}

export function BottomBar({ snapshot }: { snapshot: Snapshot }) {
  const t = useWords();
  const { routes } = snapshot;
  const isAllDown = routes.length > 0 && routes.every(isDown);
  const takesOffline = isAllDown && routes.some(({ offlineMode }) => offlineMode === 'queue');
  const isExposed = takesOffline || snapshot.exposure.count > 0;
  return (
    <footer
      className={`flex h-[4rem] items-center gap-6 border-t border-line px-5 ${isAllDown ? 'bg-off-pale' : 'bg-ok-pale'}`}
    >
      <KeepingPart snapshot={snapshot} />
      <ClockPart snapshot={snapshot} />
      <RoutePart routes={routes} />
      {isExposed ? <ExposurePart exposure={snapshot.exposure} isRoomShown={takesOffline} /> : null}
      <DevicePart title={t('bar.printer')} devices={snapshot.printers} />
      <DevicePart title={t('bar.scanner')} devices={snapshot.scanners} />
      <div className="digits ml-auto shrink-0 text-right text-[1rem] leading-tight text-ink-2">
        <div>{t('bar.journal')}</div>
        <div>
          {snapshot.journal.sequence} · #{snapshot.journal.shortHash}
        </div>
      </div>
    </footer>
  );
}
