import { type Command, Option } from 'commander';
import { dateOrder, delimiterCharacter, lineNumber, nonBlank, platformName } from './option-parsers.js';

/** Adds the options of `ReadingHints`, for every command that sends a file. */
export function addReadingOptions(command: Command): Command {
  return command
    .option('--platform <name>', 'where the file comes from; without it, it is detected', platformName)
    .option('--encoding <label>', 'of its text, such as windows-1252 or shift_jis; else found out', nonBlank)
    .option(
      '--delimiter <character>',
      'between cells: one character, or comma, semicolon, tab, pipe; else found out',
      delimiterCharacter,
    )
    .option('--sheet <name or number>', 'of a workbook, from 1; else the first one with data', nonBlank)
    .option('--date-order <order>', 'dmy if 03/04/2024 is 3 April, mdy if March 4; else found out', dateOrder)
    .option('--header-line <n>', 'the line of the header row, from 1; else found out', lineNumber)
    .option('--no-repair', 'import cells that other programs damaged as they are, with a warning');
}

/** Adds the options of `Answers`, for every command that imports a file. */
export function addAnswerOptions(command: Command): Command {
  return command
    .option('--accept', 'if the columns raise questions, accept what is suggested for each')
    .addOption(
      new Option(
        '--people',
        'if the columns raise questions, the rows are people who have pledged nothing',
      ).conflicts('accept'),
    );
}
