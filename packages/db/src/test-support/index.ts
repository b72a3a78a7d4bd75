export { brokenChecks } from './broken-checks.js';
export { type CampaignDump, dumpCampaign } from './dump-campaign.js';
export { openTestDatabase, type TestDatabase } from './open-test-database.js';
export { type ReceivedUpload, receiveCsv } from './receive-csv.js';
export { cloneDatabase, startTestPostgres, type TestPostgresAddress } from './template-database.js';
