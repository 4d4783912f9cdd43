// The receipt printer on the bench: its paper as it comes out, and everything that a hand or an accident can do to it.
import type { ControlEvent } from '../../../fixtures/control/client.ts';
import type { PrinterControl } from '../../../fixtures/devices/printer/client.ts';
import type { PaperView, PrinterView } from '../../../fixtures/lab/shared/view.ts';
import { earlierPapers, paperOf, pictureName } from './paper-sheet.ts';
import { follower, type Handlers, isOn, type Side } from './side.ts';

const PAPERS_kept = 12;
const SLOW_bytesPerSecond = 400;

type Mutable = Omit<PrinterView, 'papers'> & { papers: PaperView[] };

/** What one event of the printer changes. */
function take(view: Mutable, event: ControlEvent): void {
  switch (event.event) {
    case 'line':
      view.growing.push(String(event['text']));
      if (view.linesLeft !== null) view.linesLeft = Math.max(0, view.linesLeft - 1);
      return;
    case 'paper.cut':
    case 'paper.torn':
      view.growing = [];
      view.papers.unshift({
        ...paperOf(Number(event['number']), String(event['bin']), false),
        isCut: event['cut'] === true,
      });
      view.papers.splice(PAPERS_kept);
      return;
    case 'paper.drawn': {
      const drawn = view.papers.find((paper) => paper.number === event['number']);
      if (drawn) drawn.picture = pictureName(String(event['png']));
      return;
    }
    case 'status':
      view.coverOpen = event['coverOpen'] === true;
      view.paperOut = event['paperOut'] === true;
      view.nearEnd = event['nearEnd'] === true;
      view.cutterError = event['cutterError'] === true;
      view.drawerOpen = event['drawerOpen'] === true;
      if (view.paperOut) view.linesLeft = null;
      return;
    case 'drawer.opened':
      view.drawerPulses = Number(event['count']);
  }
}

function printerHandlers(paper: PrinterControl, view: Mutable): Handlers {
  return {
    'printer.cover': async (fields) => {
      await (isOn(fields) ? paper.coverOpen() : paper.coverClose());
      return isOn(fields) ? { zh: '已打开上盖', en: 'Cover open' } : { zh: '已合上上盖', en: 'Cover closed' };
    },
    'printer.paperOut': async (fields) => {
      const lines = Number(fields['lines'] ?? 0);
      await paper.paperOut(lines);
      view.linesLeft = lines > 0 ? lines : null;
      return lines > 0
        ? { zh: `再打 ${lines} 行就没纸`, en: `Out of paper after ${lines} more lines` }
        : { zh: '纸用完了', en: 'Out of paper' };
    },
    'printer.newRoll': async () => {
      await paper.paperIn();
      view.linesLeft = null;
      return { zh: '已装新纸', en: 'New roll' };
    },
    'printer.nearEnd': async (fields) => {
      await paper.nearEnd(isOn(fields));
      return isOn(fields)
        ? { zh: '纸快用完', en: 'Paper near its end' }
        : { zh: '纸还够', en: 'Enough paper' };
    },
    'printer.cutter': async (fields) => {
      await paper.cutterError(isOn(fields));
      return isOn(fields) ? { zh: '切刀卡住', en: 'Cutter jammed' } : { zh: '切刀好了', en: 'Cutter free' };
    },
    'printer.power': async (fields) => {
      await (isOn(fields) ? paper.powerOn() : paper.powerOff());
      view.isOn = isOn(fields);
      if (!view.isOn) view.growing = [];
      return isOn(fields)
        ? { zh: '打印机已开机', en: 'Printer on' }
        : { zh: '打印机已关机', en: 'Printer off' };
    },
    'printer.slow': async (fields) => {
      await paper.slow(isOn(fields) ? SLOW_bytesPerSecond : 0);
      view.isSlow = isOn(fields);
      return isOn(fields) ? { zh: '打印变慢', en: 'Prints slowly' } : { zh: '打印全速', en: 'Full speed' };
    },
    'printer.silent': async (fields) => {
      await paper.silent(isOn(fields));
      view.isSilent = isOn(fields);
      return isOn(fields)
        ? { zh: '像便宜的仿制机：只打印，不回话', en: 'A cheap clone: prints, never answers' }
        : { zh: '打印机会回话', en: 'The printer answers' };
    },
    'drawer.close': async () => {
      await paper.drawerClose();
      return { zh: '钱箱已关', en: 'Drawer closed' };
    },
  };
}

export async function openPrinterSide(paper: PrinterControl, folder: string): Promise<Side<PrinterView>> {
  const { status, features, drawerPulses } = await paper.state();
  const view: Mutable = {
    isOn: true,
    coverOpen: status.coverOpen,
    paperOut: status.paperOut,
    nearEnd: status.nearEnd,
    cutterError: status.cutterError,
    drawerOpen: status.drawerOpen,
    isSlow: features.bytesPerSecond > 0,
    isSilent: features.silent,
    linesLeft: null,
    drawerPulses,
    growing: [],
    papers: earlierPapers(folder, PAPERS_kept),
  };
  const fresh = follower(paper);
  return {
    view: () => view,
    handlers: printerHandlers(paper, view),
    look: () => {
      const events = fresh();
      for (const event of events) take(view, event);
      return events.length > 0;
    },
  };
}
