import { Command } from 'commander';
import { addApiOptions } from './api-options.js';
import type { CommandContext } from './context.js';
import { addExamples } from './examples.js';
import { type InventoryOptions, listInventory, setOnHand } from './inventory-actions.js';
import { addJsonOption } from './json-option.js';
import { nonBlank, unitsOnHand } from './option-parsers.js';

/** `inventory`: how many units of each product are owed and there. */
export function inventoryCommand(context: CommandContext): Command {
  const inventory = new Command('inventory').description('show the units of products, and set those on hand');
  const add = (name: string, json: string, isDefault = false): Command =>
    addApiOptions(addJsonOption(inventory.command(name, { isDefault }), json));

  const list = add('list', 'print each product as a JSON document in a line', true)
    .description('list what is on hand, owed, available and short')
    .requiredOption('--campaign <name>', 'name or id of the campaign', nonBlank)
    .option('--search <text>', 'a part of the name of products, or the beginning of their key', nonBlank)
    .action((options: InventoryOptions & { readonly campaign: string; readonly search?: string }) =>
      listInventory(options, context),
    );
  addExamples(list, [['pnpm cli inventory list --campaign Lanterns --search mug', 'only some products']]);

  const set = add('set', 'print the units of the product as JSON')
    .description('set how many units of a product are on hand')
    .argument('<product>', 'its id; or its name, key or SKU, with --campaign', nonBlank)
    .argument('<units>', 'how many, or `unknown`', unitsOnHand)
    .option('--campaign <name>', 'name or id of the campaign of the product', nonBlank)
    .action((product: string, units: number | 'unknown', options: InventoryOptions) =>
      setOnHand(product, units === 'unknown' ? null : units, options, context),
    );
  addExamples(set, [
    ['pnpm cli inventory set "Enamel mug" 480 --campaign Lanterns', 'by its name'],
    ['pnpm cli inventory set 019aaf00-0000-7000-8000-000000000000 unknown', 'when it must be counted again'],
  ]);

  return addExamples(inventory, [
    ['pnpm cli inventory --campaign Lanterns', 'what is on hand, owed and short'],
    ['pnpm cli inventory set "Enamel mug" 480 --campaign Lanterns', '480 are on the shelf'],
  ]);
}
