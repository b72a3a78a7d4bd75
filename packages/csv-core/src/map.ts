/** Rows to validated records, the schemas and words of these records, and single cells to values. */
export { productNameFields } from './fields/fields.js';
export { mapOptions } from './import/map-options.js';
export {
  findRepeats,
  halveChunk,
  mapKeys,
  mapKeysInSteps,
  nameRejectedInSteps,
  pickSiblings,
  UnknownPlatformError,
} from './map-keys.js';
export { assumptionCodes, findAssumptions } from './mapping/assumptions.js';
export {
  assignableFields,
  columnAssignmentSchema,
  suggestableFieldSchema,
} from './mapping/column-assignment.js';
export { createDamageEvidence, damageSchema } from './mapping/damage-evidence.js';
export { createDateEvidence } from './mapping/date-evidence.js';
export { createDecimalEvidence } from './mapping/decimal-evidence.js';
export { findOrderGrouping } from './mapping/find-order-grouping.js';
export { maxRepairExamples } from './mapping/repair-log.js';
export { backerSchema } from './schemas/backer.js';
export { inventorySchema } from './schemas/inventory.js';
export { mappedRecordSchema } from './schemas/mapped-record.js';
export {
  assumedStatus,
  committedStatuses,
  pledgeItemSchema,
  pledgeSchema,
  pledgeStatusSchema,
  unpaidStatuses,
} from './schemas/pledge.js';
export { productKindSchema, productSchema } from './schemas/product.js';
export { surveyAnswerSchema, surveySchema } from './schemas/survey.js';
export { openQuestionCodes } from './unknown/open-question.js';
export { parseDateTime } from './values/date.js';
export { parseEmail } from './values/email.js';
export { formatAmount } from './values/format-amount.js';
export { parseMoney } from './values/money.js';
