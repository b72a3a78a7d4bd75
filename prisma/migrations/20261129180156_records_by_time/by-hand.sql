-- Pledges by their time. One without a time counts as made when it was imported: so lists need no rule for nulls.
CREATE INDEX "pledge_campaign_id_pledged_id_idx" ON "pledge"("campaign_id", (CASE WHEN "pledged_at" IS NULL THEN "created_at" ELSE "pledged_at" END), "id");
