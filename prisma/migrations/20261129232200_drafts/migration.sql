-- CreateEnum
CREATE TYPE "DraftKind" AS ENUM ('REVIEW', 'UNDO', 'REMAP', 'HISTORY');

-- CreateEnum
CREATE TYPE "DraftStatus" AS ENUM ('BUILDING', 'READY', 'APPLYING', 'DONE', 'FAILED');

-- CreateEnum
CREATE TYPE "DraftTable" AS ENUM ('backer', 'product', 'pledge', 'survey');

-- CreateEnum
CREATE TYPE "DraftChange" AS ENUM ('CREATED', 'CHANGED', 'UNCHANGED', 'REMOVED');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "UploadStatus" ADD VALUE 'NEEDS_REVIEW';
ALTER TYPE "UploadStatus" ADD VALUE 'UNDOING';
ALTER TYPE "UploadStatus" ADD VALUE 'UNDONE';
ALTER TYPE "UploadStatus" ADD VALUE 'REMAPPING';

-- AlterTable
ALTER TABLE "campaign" ADD COLUMN     "draft_id" UUID;

-- AlterTable
ALTER TABLE "csv_upload" ADD COLUMN     "review" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "draft" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "kind" "DraftKind" NOT NULL,
    "status" "DraftStatus" NOT NULL DEFAULT 'BUILDING',
    "revision" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "buckets" INTEGER NOT NULL DEFAULT 0,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "columns" JSONB,
    "previous_status" "UploadStatus",
    "counts" JSONB,
    "on_hand" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft_record" (
    "draft_id" UUID NOT NULL,
    "table" "DraftTable" NOT NULL,
    "id" UUID NOT NULL,
    "change" "DraftChange" NOT NULL,
    "fields" TEXT[],
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "draft_record_pkey" PRIMARY KEY ("draft_id","table","id")
);

-- CreateTable
CREATE TABLE "draft_part" (
    "draft_id" UUID NOT NULL,
    "bucket" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "states" TEXT NOT NULL,

    CONSTRAINT "draft_part_pkey" PRIMARY KEY ("draft_id","bucket","position")
);

-- CreateIndex
CREATE UNIQUE INDEX "draft_upload_id_key" ON "draft"("upload_id");

-- CreateIndex
CREATE INDEX "draft_open_idx" ON "draft"("updated_at") WHERE (status = ANY (ARRAY['BUILDING'::"DraftStatus", 'APPLYING'::"DraftStatus"]));

-- CreateIndex
CREATE INDEX "draft_record_draft_id_change_table_id_idx" ON "draft_record"("draft_id", "change", "table", "id");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_draft_id_key" ON "campaign"("draft_id");

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "csv_upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_record" ADD CONSTRAINT "draft_record_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_part" ADD CONSTRAINT "draft_part_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft"("id") ON DELETE CASCADE ON UPDATE CASCADE;

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
