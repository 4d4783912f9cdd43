// Reads an incident's file, line by line: a year's journal is longer than a string may be.
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Refused } from '../yima/program.ts';
import { type Incident, INCIDENT_FORMAT, type IncidentLine } from './incident.ts';

/** The lines of a text that comes in pieces. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = `${rest}${piece}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

type Growing = {
  -readonly [Key in keyof Incident]: Incident[Key] extends readonly (infer One)[] ? One[] : Incident[Key];
};

/** Returns true at the last line. */
function take(incident: Growing, line: IncidentLine): boolean {
  switch (line.kind) {
    case 'incident':
      if (line.format !== INCIDENT_FORMAT)
        throw new Refused(`format ${line.format} is not known: replay it with the program that wrote it`);
      return false;
    case 'record': {
      const { kind: _, ...row } = line;
      incident.rows.push(row);
      return false;
    }
    case 'input': {
      const { kind: _, ...text } = line;
      incident.inputs.push(text);
      return false;
    }
    case 'problem':
      incident.problems.push(line.problem);
      return false;
    case 'end':
      return true;
    default:
      throw new Refused('a line of an unknown kind');
  }
}

/** @throws Refused when it is no incident, or not a whole one. */
export async function readIncident(file: string): Promise<Incident> {
  const incident: Growing = { rows: [], inputs: [], problems: [] };
  let isWhole = false;
  try {
    await pipeline(createReadStream(file), createGunzip(), async (source: AsyncIterable<Buffer>) => {
      const decoder = new TextDecoder();
      const pieces = async function* () {
        for await (const piece of source) yield decoder.decode(piece, { stream: true });
      };
      for await (const line of linesOf(pieces())) {
        isWhole = take(incident, JSON.parse(line) as IncidentLine);
      }
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Refused(`${file} is no whole incident (yima journal export --out): ${detail}`, {
      cause: error,
    });
  }
  if (!isWhole) throw new Refused(`${file} ends too early: copy it again`);
  return incident;
}
