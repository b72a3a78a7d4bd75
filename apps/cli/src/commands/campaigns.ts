import { Command } from 'commander';
import { addApiOptions } from './api-options.js';
import {
  archiveCampaign,
  type CampaignOptions,
  createCampaign,
  deleteCampaign,
  listCampaigns,
  mergeCampaign,
  renameCampaign,
  summarizeCampaign,
} from './campaign-actions.js';
import type { CommandContext } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption } from './json-option.js';
import { nonBlank } from './option-parsers.js';

const WHICH = 'its name or id';

/** `campaigns`: what there is to import into, and how a mistake in it is repaired. */
export function campaignsCommand(context: CommandContext): Command {
  const campaigns = new Command('campaigns').description('list, sum up, make and repair campaigns');
  const add = (name: string, json = 'print the campaign as JSON', isDefault = false): Command =>
    addApiOptions(addJsonOption(campaigns.command(name, { isDefault }), json));

  const list = add('list', 'print each campaign as a JSON document in a line', true)
    .description('list them')
    .option('--archived', 'archived ones, too', false)
    .action((options: CampaignOptions & { readonly archived: boolean }) => listCampaigns(options, context));
  addExamples(list, [['pnpm cli campaigns list --archived', 'all of them']]);

  const summary = add('summary', 'print the summary as JSON')
    .description('report what one holds: money, units, countries, answers, days')
    .argument('<campaign>', WHICH, nonBlank)
    .option('--time-zone <name>', 'whose days are meant, such as Europe/Berlin', nonBlank, 'UTC')
    .action((which: string, options: CampaignOptions & { readonly timeZone: string }) =>
      summarizeCampaign(which, options, context),
    );
  addExamples(summary, [['pnpm cli campaigns summary Lanterns --time-zone Europe/Berlin', 'as it is now']]);

  const create = add('create')
    .description('make one; an import makes it as well')
    .argument('<name>', 'of the new campaign', nonBlank)
    .action((name: string, options: CampaignOptions) => createCampaign(name, options, context));
  addExamples(create, [['pnpm cli campaigns create Lanterns', 'empty']]);

  const rename = add('rename')
    .description('give one another name')
    .argument('<campaign>', WHICH, nonBlank)
    .argument('<name>', 'its new name', nonBlank)
    .action((which: string, name: string, options: CampaignOptions) =>
      renameCampaign(which, name, options, context),
    );
  addExamples(rename, [['pnpm cli campaigns rename Lantersn Lanterns', 'when a typo has made one']]);

  const archive = add('archive')
    .description('take no more uploads into one, and leave it out of the list')
    .argument('<campaign>', WHICH, nonBlank)
    .option('--undo', 'bring it back', false)
    .action((which: string, options: CampaignOptions & { readonly undo: boolean }) =>
      archiveCampaign(which, options, context),
    );
  addExamples(archive, [
    ['pnpm cli campaigns archive Lanterns', 'when it is over'],
    ['pnpm cli campaigns archive Lanterns --undo', 'when it is not'],
  ]);

  const merge = add('merge')
    .description('import the uploads of one that a typo has made into another, and delete it')
    .argument('<campaign>', WHICH, nonBlank)
    .argument('<into>', 'name or id of the other', nonBlank)
    .action((which: string, into: string, options: CampaignOptions) =>
      mergeCampaign(which, into, options, context),
    );
  addExamples(merge, [['pnpm cli campaigns merge Lantersn Lanterns', 'when both are there by now']]);

  const remove = add('delete', 'print the id of the campaign as JSON')
    .description('delete one with everything in it, for ever')
    .argument('<campaign>', WHICH, nonBlank)
    .option('--yes', 'really; without it, says what would be deleted', false)
    .action((which: string, options: CampaignOptions & { readonly yes: boolean }) =>
      deleteCampaign(which, options, context),
    );
  addExamples(remove, [['pnpm cli campaigns delete Test --yes', 'with everything in it']]);

  return addExamples(campaigns, [
    ['pnpm cli campaigns', 'their ids and names'],
    ['pnpm cli campaigns summary Lanterns', 'what one holds'],
    ['pnpm cli campaigns rename Lantersn Lanterns', 'when a typo has made one'],
    ['pnpm cli campaigns merge Lantersn Lanterns', 'when both are there by now'],
    ['pnpm cli campaigns delete Test --yes', 'with everything in it'],
  ]);
}
