-- AlterTable
ALTER TABLE "inventory" ADD COLUMN     "unpaid" BIGINT;

-- CreateIndex
CREATE INDEX "backer_campaign_id_updated_at_id_idx" ON "backer"("campaign_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "inventory_campaign_id_updated_at_product_id_idx" ON "inventory"("campaign_id", "updated_at", "product_id");

-- CreateIndex
CREATE INDEX "pledge_campaign_id_updated_at_id_idx" ON "pledge"("campaign_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "product_campaign_id_updated_at_id_idx" ON "product"("campaign_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "survey_campaign_id_updated_at_pledge_id_idx" ON "survey"("campaign_id", "updated_at", "pledge_id");

-- Pledges by their time. One without a time counts as made when it was imported: so lists need no rule for nulls.
CREATE INDEX "pledge_campaign_id_pledged_id_idx" ON "pledge"("campaign_id", (CASE WHEN "pledged_at" IS NULL THEN "created_at" ELSE "pledged_at" END), "id");
