-- AlterTable
ALTER TABLE "campaign" ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "campaign_deleted_idx" ON "campaign"("deleted_at") WHERE (deleted_at IS NOT NULL);

-- By hand: what schema.prisma cannot declare. The moves are those of before, and those of a merge.

DROP TRIGGER "csv_upload_status_moves" ON "csv_upload";
CREATE TRIGGER "csv_upload_status_moves" BEFORE UPDATE OF "status" ON "csv_upload"
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION "refuse_illegal_move"(
    'PENDING PROCESSING', 'PENDING NEEDS_MAPPING', 'PENDING FAILED', 'PENDING CANCELED',
    'NEEDS_MAPPING PENDING', 'NEEDS_MAPPING CANCELED',
    'PROCESSING COMPLETED', 'PROCESSING FAILED', 'PROCESSING CANCELED',
    'FAILED PROCESSING', 'COMPLETED PROCESSING');

DROP TRIGGER "csv_upload_chunk_status_moves" ON "csv_upload_chunk";
CREATE TRIGGER "csv_upload_chunk_status_moves" BEFORE UPDATE OF "status" ON "csv_upload_chunk"
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION "refuse_illegal_move"(
    'PENDING PROCESSING', 'PENDING CANCELED',
    'PROCESSING PENDING', 'PROCESSING COMPLETED', 'PROCESSING FAILED', 'PROCESSING CANCELED',
    'FAILED PENDING', 'COMPLETED PENDING');
