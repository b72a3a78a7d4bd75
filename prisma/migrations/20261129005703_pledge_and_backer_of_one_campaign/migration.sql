-- DropForeignKey
ALTER TABLE "pledge" DROP CONSTRAINT "pledge_backer_id_fkey";

-- DropForeignKey
ALTER TABLE "pledge" DROP CONSTRAINT "pledge_campaign_id_fkey";

-- DropForeignKey
ALTER TABLE "survey" DROP CONSTRAINT "survey_campaign_id_fkey";

-- DropForeignKey
ALTER TABLE "survey" DROP CONSTRAINT "survey_pledge_id_fkey";

-- DropIndex
DROP INDEX "backer_campaign_id_id_idx";

-- DropIndex
DROP INDEX "pledge_backer_id_idx";

-- DropIndex
DROP INDEX "pledge_campaign_id_id_idx";

-- DropIndex
DROP INDEX "survey_campaign_id_pledge_id_idx";

-- CreateIndex
CREATE UNIQUE INDEX "backer_campaign_id_id_key" ON "backer"("campaign_id", "id");

-- CreateIndex
CREATE INDEX "pledge_campaign_id_backer_id_idx" ON "pledge"("campaign_id", "backer_id");

-- CreateIndex
CREATE UNIQUE INDEX "pledge_campaign_id_id_key" ON "pledge"("campaign_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "survey_campaign_id_pledge_id_key" ON "survey"("campaign_id", "pledge_id");

-- AddForeignKey
ALTER TABLE "pledge" ADD CONSTRAINT "pledge_campaign_id_backer_id_fkey" FOREIGN KEY ("campaign_id", "backer_id") REFERENCES "backer"("campaign_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey" ADD CONSTRAINT "survey_campaign_id_pledge_id_fkey" FOREIGN KEY ("campaign_id", "pledge_id") REFERENCES "pledge"("campaign_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Backers are written last in a chunk's transaction (packages/db/src/import/records/write-records.ts).
ALTER TABLE "pledge" ALTER CONSTRAINT "pledge_campaign_id_backer_id_fkey" DEFERRABLE INITIALLY DEFERRED;
