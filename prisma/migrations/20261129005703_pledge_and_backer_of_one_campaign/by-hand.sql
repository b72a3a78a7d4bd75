-- Backers are written last in a chunk's transaction (packages/db/src/import/records/write-records.ts).
ALTER TABLE "pledge" ALTER CONSTRAINT "pledge_campaign_id_backer_id_fkey" DEFERRABLE INITIALLY DEFERRED;
