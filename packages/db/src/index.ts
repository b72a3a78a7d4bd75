export { createDatabase, type Database, type DatabaseOptions } from './client.js';
export { Prisma } from './generated/prisma/client.js';
export { type CampaignCheck, type CampaignReport, readCampaign } from './import/campaigns/campaign-report.js';
export {
  type CampaignChange,
  changeCampaign,
  createCampaign,
  deleteCampaign,
} from './import/campaigns/change-campaign.js';
export { type ListedCampaign, listCampaigns } from './import/campaigns/list-campaigns.js';
export { type Merge, mergeCampaigns } from './import/campaigns/merge-campaigns.js';
export { type ClaimedChunk, claimChunk } from './import/chunks/claim-chunk.js';
export {
  claimFairestChunk,
  createTurns,
  isSuspectWaiting,
  type Turns,
} from './import/chunks/claim-fairest-chunk.js';
export { completeChunk, LostLeaseError } from './import/chunks/complete-chunk.js';
export { mapChunk } from './import/chunks/map-chunk.js';
export { readSiblings } from './import/chunks/read-siblings.js';
export { releaseChunk } from './import/chunks/release-chunk.js';
export { releaseSuspect, suspectedLoss } from './import/chunks/release-suspect.js';
export { type DraftToEnqueue, LostDraftError } from './import/drafts/claim-draft.js';
export { type BeforeAfter, type DraftTotals, maxChangedUnits } from './import/drafts/draft-totals.js';
export { type AppliedReview, applyReview, discardReview } from './import/drafts/end-review.js';
export { requireFree } from './import/drafts/hold.js';
export { type DraftOfUpload, mergeIntoDraft } from './import/drafts/merge-into-draft.js';
export {
  type ChangedCells,
  type ChangedType,
  type ChangeKey,
  type ChangeKind,
  type ChangesQuery,
  changedTypes,
  changeKinds,
  listChanges,
  type RecordChange,
} from './import/drafts/read-changes.js';
export {
  type DraftReport,
  draftKinds,
  draftStatuses,
  readDraft,
  requestHistory,
} from './import/drafts/read-draft.js';
export { columnOf } from './import/drafts/record-state.js';
export { applyRemap, discardRemap, OutdatedDraftError, startRemap } from './import/drafts/remap.js';
export { readRevision } from './import/drafts/revision.js';
export { startRedo, startUndo } from './import/drafts/start-undo.js';
export { type DraftWork, workOnDraft } from './import/drafts/work-on-draft.js';
export { type ShownStatus, shownStatuses } from './import/gone/shown-status.js';
export { setOnHand } from './import/inventory/set-on-hand.js';
export { type FileMapping, type FileToSkip, mapFiles } from './import/mappings/map-files.js';
export { type FileSample, readSample } from './import/mappings/read-sample.js';
export { readSuggestion } from './import/mappings/read-suggestion.js';
export {
  deleteTemplate,
  findTemplate,
  listTemplateFingerprints,
  listTemplates,
  type MappingTemplate,
  renameTemplate,
  saveTemplate,
} from './import/mappings/templates.js';
export {
  type CampaignSummary,
  summarizeCampaign,
  UnknownTimeZoneError,
} from './import/reports/campaign-summary.js';
export { exportIssues, groupIssues, type IssueKey, listIssues } from './import/reports/list-issues.js';
export {
  readUploadStates,
  type UploadPhase,
  type UploadProgress,
  type UploadState,
  uploadPhases,
} from './import/reports/progress.js';
export {
  type FileRejects,
  listFileRejects,
  type RejectedRow,
  readRejects,
} from './import/reports/read-rejects.js';
export {
  type FileReport,
  type LaterUpload,
  listFiles,
  listUnknownFiles,
  listUploads,
  maxReportedFiles,
  readUpload,
  type UploadReport,
  type UploadSummary,
} from './import/reports/read-upload.js';
export {
  countRecords,
  exportRecords,
  findCampaign,
  type List,
  type Listed,
  listBackers,
  listInventory,
  listPledges,
  listProducts,
  listSurveys,
} from './import/reports/records/list-records.js';
export {
  findUploadSpan,
  readBacker,
  readPledge,
  readProduct,
  readProductInventory,
  readSurvey,
} from './import/reports/records/read-record.js';
export type { InventoryRow, PledgeRow } from './import/reports/records/read-records.js';
export { maxExpandedPledges } from './import/reports/records/record-lists.js';
export type {
  Expansion,
  RecordFilters,
  RecordKey,
  RecordNoun,
  RecordSort,
  RecordSource,
  RecordsQuery,
  UploadSpan,
} from './import/reports/records/records-query.js';
export { renewFileLease, returnFileLease, takeFileLease } from './import/resumable/file-lease.js';
export {
  type ExceededLimit,
  findResumableFile,
  finishResumableFile,
  forgetExpiredFiles,
  forgetResumableFile,
  keyOfFile,
  type ResumableFile,
  reserveFile,
} from './import/resumable/resumable-files.js';
export { SettleError, type Settlement } from './import/settle/settle-upload.js';
export { notMarkedReasons, type UploadStatistics } from './import/settle/statistics.js';
export { type SweepOptions, sweep } from './import/sweep/sweep.js';
export { cancelUpload } from './import/uploads/cancel-upload.js';
export { changeUpload, type UploadChange } from './import/uploads/change-upload.js';
export { createUpload, type OpenUpload } from './import/uploads/create-upload.js';
export { deleteUpload } from './import/uploads/delete-upload.js';
export { findEarlierReading, readFileReading } from './import/uploads/earlier-reading.js';
export { failSilentUpload, failUpload } from './import/uploads/fail-upload.js';
export {
  findKeyHolder,
  type KeyHolder,
  KeyTakenError,
  type ReadingHintValues,
} from './import/uploads/idempotency-key.js';
export { listedIssues } from './import/uploads/listed-issues.js';
export { createRowPacker, packedChunks } from './import/uploads/pack-rows.js';
export { toReadFile } from './import/uploads/read-file.js';
export { retryUpload } from './import/uploads/retry-upload.js';
export {
  findChunksToEnqueue,
  type Seal,
  type SealedUpload,
  sealUnlessDuplicate,
  sealUpload,
} from './import/uploads/seal-upload.js';
export { type PackedChunk, storeChunk, touchUpload } from './import/uploads/store-chunk.js';
export { UploadError, type UploadErrorCode } from './import/uploads/upload-error.js';
export type { FileDateOrder, FileFormat, ReadFile, UploadFile } from './import/uploads/upload-file.js';
export type { UploadCheck } from './import/verify/upload-check.js';
export { verifyUpload } from './import/verify/verify-upload.js';
export {
  createApiKey,
  createKey,
  createKeyWithinLimit,
  listKeys,
  maxKeys,
  type NewKey,
} from './keys/api-keys.js';
export { type EndedKey, findKey, recordKeyUse, type ValidKey } from './keys/find-key.js';
export { findMerchant } from './keys/find-merchant.js';
export type { KeyReport, KeyWithSecret } from './keys/key-report.js';
export { isEnough, type KeyScope, keyScopes } from './keys/key-scope.js';
export {
  closePageSession,
  createSignInLink,
  findSessionKey,
  LINK_MS,
  type NewPageSession,
  openPageSession,
  openSessionByLink,
  type PageSession,
  readPageSession,
  SESSION_MS,
} from './keys/page-sessions.js';
export { type Revocation, revokeKey } from './keys/revoke-key.js';
export { rotateKey } from './keys/rotate-key.js';
export {
  type ClaimedDelivery,
  claimDelivery,
  type DeliveredMessage,
} from './messages/deliveries/claim-delivery.js';
export { createTestDelivery } from './messages/deliveries/create-test-delivery.js';
export {
  type DueDelivery,
  findDueDeliveries,
  findNextDeliveries,
} from './messages/deliveries/due-deliveries.js';
export { type DeliveryReport, listDeliveries, readDelivery } from './messages/deliveries/list-deliveries.js';
export { type AttemptRecord, recordAttempt } from './messages/deliveries/record-attempt.js';
export { replayDelivery, replayFailed } from './messages/deliveries/replay-delivery.js';
export { routeNotifications } from './messages/deliveries/route-notifications.js';
export { describeNotification } from './messages/notifications/describe-notification.js';
export {
  type NotificationEvent,
  notificationEvents,
  type UploadFacts,
} from './messages/notifications/facts.js';
export {
  findNewestNotificationId,
  listNewNotifications,
  listNotifications,
  markAllRead,
  markRead,
  type NotificationReport,
} from './messages/notifications/list-notifications.js';
export { changeSettings, channels, type NotificationSettings, readSettings } from './messages/settings.js';
export {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  listEndpoints,
  maxEndpoints,
  readEndpoint,
  rotateSecret,
  type WebhookEndpointReport,
  webhookEvents,
} from './messages/webhooks/endpoints.js';
export { applyMigrations, type MigrateOptions, type MigrateOutcome } from './migrations/apply-migrations.js';
export { awaitSchema, checkSchema, OutdatedSchemaError } from './migrations/check-schema.js';
export { MigrationError, type MigrationErrorCode } from './migrations/migration-error.js';
export { defaultMigrationsFolder } from './migrations/migration-files.js';
export { type PageStart, type Reading, readingFrom } from './page-start.js';
export { PostgresFault, withoutValues } from './postgres-fault.js';
export type { Batches } from './read-batches.js';
export {
  cutPage,
  type Neighbours,
  neighbours,
  type Page,
  type PageQuery,
  readPage,
} from './read-page.js';
export { isServerFault } from './server-fault.js';
export type { OnBatch } from './snapshot.js';
export { hasWall, openWall } from './wall/open-wall.js';
