// Which fault falls on which call, and at which moment of it.
import { type Fault, faults } from './faults.ts';

/** Whose request meets the fault; `nothing`: an idle till sees it. */
export type Subject = 'pay' | 'forward' | 'refund' | 'void' | 'nothing';
/** Before anything was sent; when the request has arrived and nothing is decided; when the money has moved and no answer left. */
export type Moment = 'before' | 'requested' | 'charged';

export type Case = {
  name: string;
  fault: Fault;
  subject: Subject;
  moment: Moment;
  /** Over as soon as the till has told something. A long one sees another sale and a return. */
  isShort: boolean;
};

function make(fault: Fault, subject: Subject, moment: Moment, length: 'short' | 'long'): Case {
  const name = [fault.name, subject, moment, length].join('/');
  return { name, fault, subject, moment, isShort: length === 'short' };
}

function casesOf(fault: Fault): Case[] {
  if (fault.isMoment === true) {
    if (fault.isArmed === true)
      return (['pay', 'forward', 'refund', 'void'] as const).map((subject) =>
        make(fault, subject, 'before', 'long'),
      );
    return (['pay', 'forward', 'refund', 'void'] as const).flatMap((subject) =>
      // Only a long one lets the till ask about a request that has arrived and is not looked at yet.
      (['requested', 'charged'] as const).map((moment) => make(fault, subject, moment, 'long')),
    );
  }
  if (fault.layers === undefined)
    return (['pay', 'forward', 'refund'] as const).map((subject) => make(fault, subject, 'before', 'long'));
  return [
    ...(['before', 'requested', 'charged'] as const).flatMap((moment) => [
      make(fault, 'pay', moment, 'short'),
      make(fault, 'pay', moment, 'long'),
      make(fault, 'refund', moment, 'long'),
    ]),
    make(fault, 'refund', 'before', 'short'),
    make(fault, 'forward', 'requested', 'long'),
    make(fault, 'forward', 'charged', 'long'),
    make(fault, 'void', 'charged', 'long'),
  ];
}

/** How soon an idle till says what is wrong. */
export const idleCases: readonly Case[] = faults
  .filter(({ layers }) => layers !== undefined)
  .map((fault) => make(fault, 'nothing', 'before', 'short'));

export const cases: readonly Case[] = faults.flatMap(casesOf);
