export { defaultSettings } from '../messages/settings.js';
export { type CampaignDump, dumpCampaign } from './dump-campaign.js';
export { claimChunkForSure, processChunk, processUpload } from './process-upload.js';
export { type ReceivedUpload, receiveCsv } from './receive-csv.js';
export { seedRecords } from './seed-records.js';
export { cloneDatabase, startTestPostgres, type TestPostgresAddress } from './template-database.js';
export { finishDraft } from './work-on-drafts.js';
