export { type ClaimedChunk, claimChunk } from './chunks/claim-chunk.js';
export { completeChunk, LostLeaseError } from './chunks/complete-chunk.js';
export { type ReleaseOutcome, releaseChunk } from './chunks/release-chunk.js';
export { createDatabase, type Database, type DatabaseOptions } from './client.js';
export {
  type ClaimDeliveryOptions,
  type ClaimedDelivery,
  claimDelivery,
  type DeliveredMessage,
  type DeliveryClaim,
  type Receiver,
} from './deliveries/claim-delivery.js';
export {
  type DueDelivery,
  type DueOptions,
  findDueDeliveries,
  findNextDeliveries,
} from './deliveries/due-deliveries.js';
export {
  type AttemptReport,
  createTestDelivery,
  type DeliveriesQuery,
  type DeliveryReport,
  listDeliveries,
  readDelivery,
  replayDelivery,
  replayFailed,
} from './deliveries/list-deliveries.js';
export {
  type AttemptRecord,
  type RecordedAttempt,
  recordAttempt,
} from './deliveries/record-attempt.js';
export { type RouteOptions, routeNotifications } from './deliveries/route-notifications.js';
export * from './generated/prisma/client.js';
export { createApiKey, findMerchantByKey, type NewApiKey } from './keys/api-keys.js';
export { type FileMapping, type FileToSkip, mapFiles } from './mappings/map-files.js';
export { type FileSample, readSample } from './mappings/read-sample.js';
export {
  deleteTemplate,
  listTemplates,
  type MappingTemplate,
  saveTemplate,
} from './mappings/templates.js';
export { applyMigrations } from './migrations/apply-migrations.js';
export { diffSchema } from './migrations/diff-schema.js';
export { MigrationError, type MigrationErrorCode } from './migrations/migration-error.js';
export { defaultMigrationsFolder } from './migrations/migration-files.js';
export {
  describeNotification,
  type NotificationWords,
  type WordingOptions,
} from './notifications/describe-notification.js';
export {
  type EndpointFacts,
  type NotificationEvent,
  type NotificationFacts,
  notificationEvents,
  type UploadFacts,
} from './notifications/facts.js';
export {
  findNewestNotificationId,
  listNewNotifications,
  listNotifications,
  markAllRead,
  markRead,
  type NotificationReport,
  type NotificationsPage,
  type NotificationsQuery,
} from './notifications/list-notifications.js';
export {
  type Channel,
  changeSettings,
  channels,
  defaultSettings,
  type NotificationSettings,
  readSettings,
  type SettingsChange,
} from './notifications/settings.js';
export {
  groupIssues,
  type IssueGroup,
  type IssuesPage,
  type IssuesQuery,
  isIssueCursor,
  listIssues,
} from './reports/list-issues.js';
export {
  findCampaign,
  listBackers,
  listInventory,
  listPledges,
  listProducts,
  listSurveys,
  type RecordsPage,
  type RecordsQuery,
} from './reports/list-records.js';
export { type FileReport, listUploads, readUpload, type UploadReport } from './reports/read-upload.js';
export type { Difference } from './settle/find-differences.js';
export { type Settlement, settleUpload } from './settle/settle-upload.js';
export type {
  ChunkResult,
  Outcomes,
  PledgeTotal,
  ProductUnits,
  UploadStatistics,
} from './settle/statistics.js';
export { chunkMoves, chunkSources, uploadMoves, uploadSources } from './status/moves.js';
export { type PendingChunk, type SweepOptions, type SweepResult, sweep } from './sweep/sweep.js';
export { inTransaction } from './transaction.js';
export { cancelUpload } from './uploads/cancel-upload.js';
export { createUpload, type NewUpload, type OpenUpload } from './uploads/create-upload.js';
export { findKeyHolder, type KeyHolder, KeyTakenError } from './uploads/idempotency-key.js';
export { listedIssues, maxFileIssues } from './uploads/listed-issues.js';
export { createRowPacker, type RowPacker } from './uploads/pack-rows.js';
export { retryUpload } from './uploads/retry-upload.js';
export {
  commonPlatform,
  failUpload,
  findChunksToEnqueue,
  mainFile,
  type Seal,
  type SealedUpload,
  sealUpload,
  type UploadFailure,
} from './uploads/seal-upload.js';
export { type PackedChunk, storeChunk, touchUpload } from './uploads/store-chunk.js';
export { UploadError, type UploadErrorCode } from './uploads/upload-error.js';
export type {
  FileDateOrder,
  FileFormat,
  ReadFile,
  SkippedFile,
  UploadFile,
} from './uploads/upload-file.js';
export type { UploadCheck } from './verify/upload-check.js';
export { verifyUpload } from './verify/verify-upload.js';
export {
  changeEndpoint,
  createEndpoint,
  type DisabledReason,
  deleteEndpoint,
  listEndpoints,
  maxEndpoints,
  type NewWebhookEndpoint,
  readEndpoint,
  rotateSecret,
  type WebhookEndpointChange,
  type WebhookEndpointReport,
  type WebhookEvent,
  webhookEvents,
} from './webhooks/endpoints.js';
