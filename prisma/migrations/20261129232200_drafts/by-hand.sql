-- By hand: what schema.prisma cannot declare. The new statuses are used as texts only: a value that is added to an enum
-- cannot be used before the transaction ends.

-- The moves are those of before, and those of reviews, undos and other mappings.
DROP TRIGGER "csv_upload_status_moves" ON "csv_upload";
CREATE TRIGGER "csv_upload_status_moves" BEFORE UPDATE OF "status" ON "csv_upload"
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION "refuse_illegal_move"(
    'PENDING PROCESSING', 'PENDING NEEDS_MAPPING', 'PENDING FAILED', 'PENDING CANCELED',
    'NEEDS_MAPPING PENDING', 'NEEDS_MAPPING CANCELED',
    'PROCESSING COMPLETED', 'PROCESSING FAILED', 'PROCESSING CANCELED',
    'FAILED PROCESSING', 'COMPLETED PROCESSING',
    'PROCESSING NEEDS_REVIEW', 'NEEDS_REVIEW PROCESSING', 'NEEDS_REVIEW CANCELED',
    'COMPLETED UNDOING', 'FAILED UNDOING', 'CANCELED UNDOING',
    'UNDOING UNDONE', 'UNDOING COMPLETED', 'UNDOING FAILED', 'UNDOING CANCELED', 'UNDONE PROCESSING',
    'COMPLETED REMAPPING', 'FAILED REMAPPING',
    'REMAPPING PROCESSING', 'REMAPPING COMPLETED', 'REMAPPING FAILED');

-- No chunk of a campaign that a draft holds is claimed, by workers of the release before neither: to them it is a chunk that
-- another worker was faster to claim. The lock makes a draft that takes hold wait for claims that have not ended.
CREATE FUNCTION "leave_held_campaign"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held_by uuid;
BEGIN
  SELECT c.draft_id INTO held_by FROM csv_upload u JOIN campaign c ON c.id = u.campaign_id
  WHERE u.id = NEW.upload_id FOR KEY SHARE OF c;
  IF held_by IS NOT NULL THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "csv_upload_chunk_held" BEFORE UPDATE OF "status" ON "csv_upload_chunk"
  FOR EACH ROW WHEN (NEW.status = 'PROCESSING') EXECUTE FUNCTION "leave_held_campaign"();

-- Written once and read once: to compress it takes longer than to store it.
ALTER TABLE "draft_part" ALTER COLUMN "states" SET STORAGE EXTERNAL;

ALTER TABLE "draft" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "draft" USING ("merchant_id" = "current_merchant"());
ALTER TABLE "draft_record" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "draft_record"
  USING (EXISTS (SELECT FROM "draft" WHERE "draft"."id" = "draft_record"."draft_id"));
ALTER TABLE "draft_part" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "of_merchant" ON "draft_part"
  USING (EXISTS (SELECT FROM "draft" WHERE "draft"."id" = "draft_part"."draft_id"));
SELECT "build_wall"();
