#!/usr/bin/env node
// The `yima` command line: journal, reports, bills, queue, requests to a running core, PIN hashes, checks, the doctor, set-up. `yima --help`.
import { addActivateCommand } from './yima/activate.ts';
import { addAuditCommand } from './yima/audit.ts';
import { addBackupCommands } from './yima/backup.ts';
import { addBatchCommands } from './yima/batch.ts';
import { addBillCommands } from './yima/bill.ts';
import { addCheckCommands } from './yima/check.ts';
import { addDoctorCommand } from './yima/doctor.ts';
import { addJournalCommands } from './yima/journal.ts';
import { addPinCommand } from './yima/pin.ts';
import { createProgram, runProgram } from './yima/program.ts';
import { addQueueCommands } from './yima/queue.ts';
import { addReconcileCommand } from './yima/reconcile.ts';
import { addReplayCommand } from './yima/replay.ts';
import { addReportCommands } from './yima/report.ts';
import { addRpcCommand } from './yima/rpc.ts';
import { addSetupCommand } from './yima/setup.ts';

const program = createProgram();
addSetupCommand(program);
addActivateCommand(program);
addJournalCommands(program);
addReplayCommand(program);
addQueueCommands(program);
addReportCommands(program);
addAuditCommand(program);
addBillCommands(program);
addBatchCommands(program);
addReconcileCommand(program);
addBackupCommands(program);
addRpcCommand(program);
addDoctorCommand(program);
addPinCommand(program);
addCheckCommands(program);
process.exitCode = await runProgram(program, process.argv);
